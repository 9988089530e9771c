import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC

/// Clients that create leads by gRPC, each the next as soon as it is answered; each lead is another.
@LoopActor
final class CreateLoad {
  private let leads: LeadsServiceClient
  private let options: [CallOptions]
  private let run = UInt32.random(in: 0 ... .max)
  private var created = 0
  private var times: [Duration] = []
  private var failure: MeshError?

  private init(_ channel: Channel, tokens: [String]) {
    leads = LeadsServiceClient(channel)
    options = tokens.map { CallOptions(authorization: .bearer($0)) }
  }

  /// Prints how many leads a second were created, and how long a client waited.
  ///
  /// - Parameters:
  ///   - path: the socket of the Leads service.
  ///   - tokens: of members who may create leads, at least one; the clients are shared out among them.
  ///   - clients: how many there are, at least one.
  ///   - time: how long they go on.
  /// - Throws: the first failure.
  static func run(
    at path: String,
    tokens: [String],
    clients: Int,
    for time: Duration
  ) async throws {
    Loop.adoptJobsWithoutExecutor()
    let channel = Channel(to: .unix(path: path))
    let load = CreateLoad(channel, tokens: tokens)
    let start = ContinuousClock.now
    let tasks = (0..<clients).map { number in
      Task.immediate { @LoopActor in await load.client(number, until: start + time) }
    }
    for task in tasks { await task.value }
    let seconds = start.duration(to: .now) / .seconds(1)
    channel.close()
    if let failure = load.failure { throw failure }
    load.times.sort()
    let count = load.times.count
    let p50 = load.times[count / 2] / .milliseconds(1)
    let p99 = load.times[count * 99 / 100] / .milliseconds(1)
    print(
      "\(Int(Double(count) / seconds)) leads a second, p50 \(Text.rounded(p50)) ms, "
        + "p99 \(Text.rounded(p99)) ms"
    )
  }

  private func client(_ number: Int, until end: ContinuousClock.Instant) async {
    let options = options[number % options.count]
    while failure == nil {
      let begin = ContinuousClock.now
      created += 1
      let lead = Lead(
        lastName: "Doe",
        email: "u\(run).\(created)@example.com",
        companyName: "Acme Ltd"
      )
      do throws(MeshError) {
        _ = try await leads.createLead(CreateLeadRequest(lead: lead), options)
      } catch {
        failure = error
        return
      }
      let now = ContinuousClock.now
      times.append(begin.duration(to: now))
      guard now < end else { return }
    }
  }
}
