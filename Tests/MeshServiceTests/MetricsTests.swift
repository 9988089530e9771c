import MeshCore
import MeshLoop
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

@LoopActor
@Suite struct `Metrics for Prometheus` {
  private func lines(_ metrics: Metrics, _ name: String) async -> [Substring] {
    await metrics.page().split(separator: "\n").filter { $0.hasPrefix(name) }
  }

  /// How many commits, waits and reads the page counts.
  private func counts(_ metrics: Metrics) async throws -> [Int] {
    var counts: [Int] = []
    for name in ["commit", "write_wait", "read_wait", "read"] {
      let count = #"leadmesh_store_\#(name)_seconds_count{service="test"} "#
      let found = await lines(metrics, count)
      let line = try #require(found.first)
      counts.append(try #require(Int(line.dropFirst(count.count))))
    }
    return counts
  }

  @Test func `count calls by how long they took, in each bucket those of the buckets before it`()
    async
  {
    let metrics = Metrics(service: "test")
    for duration: Duration in [.microseconds(50), .milliseconds(3), .milliseconds(4), .seconds(11)]
    {
      metrics.count("/x", .ok, duration)
    }
    metrics.count("/x", .notFound, .milliseconds(1))
    let name = "leadmesh_rpc_duration_seconds"
    let labels = #"service="test",method="/x",code="0""#
    let page = await lines(metrics, name)
    for (bound, count) in [("5e-05", 1), ("0.0025", 1), ("0.005", 3), ("10.0", 3), ("+Inf", 4)] {
      #expect(page.contains("\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)"))
    }
    #expect(page.contains("\(name)_count{\(labels)} 4"))
    #expect(page.contains("\(name)_sum{\(labels)} 11.00705"))
    #expect(page.contains("\(name)_count{service=\"test\",method=\"/x\",code=\"5\"} 1"))
  }

  @Test func `tell how long the store's requests waited and took`() async throws {
    let opened = try TestStore("test", [.notes])
    let metrics = Metrics(service: "test")
    metrics.observe(opened.store, [])
    let tenant: TenantID = IDGenerator.system.next()
    let before = try await counts(metrics)
    try await opened.store.write(tenant, as: Author(actor: "system:test")) { _ in }
    _ = try await opened.store.read(tenant) { _ in }
    let after = try await counts(metrics)
    #expect(zip(after, before).allSatisfy { $0 > $1 }, "\(before), \(after)")
  }
}
