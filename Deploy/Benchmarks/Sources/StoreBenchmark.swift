import Glibc
import MeshCore
import MeshLoop
import MeshStore

/// Durable lead creation in the store: committed in groups, against one transaction each.
///
/// Both sides run the same statements on the same schema from 64 tasks of the loop, on files in the
/// same folder, in turns; they differ only in how many requests may share a commit.
@LoopActor
enum StoreBenchmark {
  private static let clients = 64
  private static let rounds = 5

  /// - Parameter folder: where the files are made; its disk is what is measured.
  /// - Throws: when the store cannot be opened or written.
  static func run(in folder: String) async throws {
    let roundTime = Duration.seconds(2)
    let grouped = try Contender(folder + "/grouped.db", largestBatch: 256)
    let single = try Contender(folder + "/single.db", largestBatch: 1)
    print("round  grouped/s  one each/s  ratio")
    var ratios: [Double] = []
    for round in 1...rounds {
      let fast = await grouped.createLeads(for: roundTime)
      let slow = await single.createLeads(for: roundTime)
      ratios.append(fast / slow)
      print(
        "\(round)      \(Int(fast))      \(Int(slow))       \(Text.rounded(fast / slow))"
      )
    }
    let metrics = grouped.store.metrics
    print("requests per commit: \(metrics.writes / max(1, metrics.commits))")
    print("median ratio: \(Text.rounded(ratios.sorted()[rounds / 2])) (bound: 4.5)")
    print("failures: \(grouped.failures + single.failures)")
  }

  @LoopActor
  private final class Contender {
    let store: Store
    private(set) var failures = 0
    private var created = 0
    private let tenant = TenantID(high: 1, low: 1)
    private let author = Author(actor: "system:benchmark")

    init(_ path: String, largestBatch: Int) throws {
      for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
      var configuration = StoreConfiguration(path: path, service: "leads")
      configuration.largestBatch = largestBatch
      store = try Store(configuration: configuration, migrations: [BenchmarkLead.migration])
    }

    /// Leads created per second.
    func createLeads(for time: Duration) async -> Double {
      let start = ContinuousClock.now
      let before = created
      let tasks = (0..<StoreBenchmark.clients).map { _ in
        Task.immediate { @LoopActor in await self.client(until: start + time) }
      }
      for task in tasks { await task.value }
      let seconds = start.duration(to: .now) / .seconds(1)
      return Double(created - before) / seconds
    }

    private func client(until end: ContinuousClock.Instant) async {
      while ContinuousClock.now < end {
        created += 1
        let lead = BenchmarkLead(created)
        do {
          try await store.write(tenant, as: author) { try lead.insert($0) }
        } catch {
          failures += 1
        }
      }
    }
  }
}
