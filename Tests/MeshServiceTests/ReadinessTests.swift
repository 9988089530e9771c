import ErrandsAPI
import MeshCore
import MeshHTTP
import MeshLoop
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import MeshRPC
@testable import MeshService

private let log = Log(service: "test", level: .error)

@LoopActor
private final class OtherProcess {
  var isThere = false
}

@LoopActor
@Suite struct `The readiness of a service` {
  private let readiness = Readiness()
  private let replica = Replica(of: Errand.self, in: "errands") { $0.title }
  private let server = RPCServer(router: RPCRouter()) { _ throws(MeshError) in
    throw .unauthenticated("nobody")
  }

  private func health() throws -> Health.Status {
    try server.health.answer(Health.CheckRequest()).status
  }

  @Test func `is told by its health service too, as long as it is true`() async throws {
    #expect(readiness.obstacle == "starting")
    readiness.serve(nil, [replica], server.health)
    #expect(readiness.obstacle == "replicas incomplete: replica:errands:errand")
    #expect(try health() == .notServing)
    replica.markComplete()
    await readiness.recover()
    #expect(readiness.obstacle == nil)
    #expect(try health() == .serving)
    readiness.drain()
    #expect(readiness.obstacle == "draining")
    #expect(try health() == .notServing)
  }

  @Test func `ends with the room on the disk, and comes back with it`() async throws {
    let folder = try TestFolder.make()
    defer { TestFolder.remove(folder) }
    var configuration = StoreConfiguration(path: "\(folder)/test.db", service: "test")
    configuration.maximumSize = .kibibytes(400)
    let store = try Store(configuration: configuration, migrations: [])
    defer { store.close() }
    readiness.serve(store, [], server.health)
    let author = Author(actor: "system:test")
    let letter = NewDeadLetter(
      feed: "test",
      tenant: nil,
      object: "thing",
      id: "1",
      change: [UInt8](repeating: 1, count: 20_000),
      error: "",
      attempts: 1
    )
    let error = await #expect(throws: MeshError.self) {
      while true { try await store.systemWrite(as: author) { try $0.bury(letter) } }
    }
    #expect(error?.reason == .storeFull && error?.code == .unavailable)
    readiness.tell()
    #expect(readiness.obstacle == "store: no room left")
    #expect(try health() == .notServing)
    try await store.systemWrite(as: author) { try $0.removeDeadLetters(of: "test") }
    await readiness.recover()
    #expect(readiness.obstacle == nil)
    #expect(try health() == .serving)
  }

  @Test(arguments: [Duration.seconds(60), .zero])
  func `waits for a service that is needed, and outlasts its silence for a while`(
    patience: Duration
  ) async throws {
    let access = OtherProcess()
    let need = Readiness.Need("access", patience: patience) { access.isThere }
    readiness.serve(nil, [], needs: [need], server.health)
    await readiness.recover()
    #expect(readiness.obstacle == "no answer from access")
    #expect(try health() == .notServing)
    access.isThere = true
    await readiness.recover()
    access.isThere = false
    await readiness.recover()
    let isOutlasted = patience > .zero
    #expect(readiness.obstacle == (isOutlasted ? nil : "no answer from access"))
    #expect(try health() == (isOutlasted ? .serving : .notServing))
  }

  @Test func `is what /readyz answers, and /livez answers whatever it is`() async throws {
    let metrics = Metrics(service: "test")
    metrics.observe(nil, [replica])
    let probes = MetricsProbe(metrics, readiness)
    #expect(await probes.answer("/readyz").status == 503)
    #expect(await probes.answer("/livez").status == 200)
    readiness.serve(nil, [], server.health)
    #expect(await probes.answer("/readyz").status == 200)
    readiness.drain()
    let draining = await probes.answer("/readyz")
    #expect(draining.status == 503 && draining.body == Array("draining\n".utf8))
    #expect(await probes.answer("/livez").status == 200)
    #expect(await probes.answer("/metrics").status == 200)
    #expect(await probes.answer("/other").status == 404)
  }
}
