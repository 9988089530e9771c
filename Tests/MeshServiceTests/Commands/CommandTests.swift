import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

@LoopActor
@Suite struct `A command` {
  private let bench: DeliveryBench
  private let process: DeliveryBench.Process

  init() throws {
    bench = try DeliveryBench()
    process = bench.process()
  }

  private var others: OtherServices { bench.others }

  @Test func `is answered when it is done, in the name of its caller`() async throws {
    let done = try await bench.deliver("tea", by: process.deliveries)
    #expect(done == Errand(title: "tea", notes: "fetch bring bill"))
    #expect(others.things == ["bill", "bring", "fetch"])
    let actor = "\(bench.member)"
    #expect(
      try await bench.notes() == [
        "\(actor) - fetch", "\(actor) - fetch bring", "\(actor) - fetch bring bill",
      ]
    )
    #expect(try await bench.listed().isEmpty)
  }

  @Test func `calls as its service for its member, with a request id for each step`() async throws {
    _ = try await bench.deliver("tea", by: process.deliveries)
    let credential = ChannelCredential.system("test", tenant: bench.acme, onBehalfOf: bench.member)
    #expect(others.calls.map(\.authorization) == [credential, credential, credential])
    let parts = others.calls.map { $0.idempotencyKey?.split(separator: ".") ?? [] }
    #expect(parts.map(\.last) == ["fetch", "bring", "bill"])
    #expect(Set(parts.map(\.first)).count == 1)
    #expect(others.calls.allSatisfy { $0.timeout == .seconds(10) })
  }

  @Test(arguments: OtherServices.Stop.all)
  func `goes on where its process has ended, and does each thing once`(
    _ stop: OtherServices.Stop
  ) async throws {
    others.stop = stop
    let calling = Task.immediate { @LoopActor in
      await failure { _ = try await bench.deliver("tea", by: process.deliveries) }
    }
    await others.stopped()
    let second = bench.process()
    bench.clock.advance(by: .seconds(14))
    try await second.resume()
    #expect(others.calls.count == stop.calls, "it may still be carried on")
    bench.clock.advance(by: .seconds(1))
    try await second.resume()
    let notes = try await bench.notes()
    #expect(notes.map { $0.split(separator: " ").count } == [3, 4, 5])
    #expect(others.things == ["bill", "bring", "fetch"])
    #expect(try await bench.listed().isEmpty)
    // What the first process was in the middle of is not kept.
    others.go()
    #expect(await calling.value?.code == .unavailable)
    #expect(try await bench.notes() == notes)
  }

  @Test func `is carried on once at a time, however long its step takes`() async throws {
    try await bench.leave(by: process)
    bench.clock.advance(by: .seconds(15))
    others.stop = OtherServices.Stop(step: "fetch", isMade: false)
    let first = try await process.runner.resumeDue()
    await others.stopped()
    bench.clock.advance(by: .seconds(15))
    let second = try await process.runner.resumeDue()
    #expect(first.count == 1 && second.isEmpty)
    others.go()
    for task in first + second { await task.value }
  }

  @Test func `goes on in the name of its service on behalf of its member`() async throws {
    try await bench.leave(by: process)
    bench.clock.advance(by: .seconds(15))
    try await process.resume()
    let author = "system:test \(bench.member)"
    #expect(
      try await bench.notes() == [
        "\(author) fetch", "\(author) fetch bring", "\(author) fetch bring bill",
      ]
    )
  }

  @Test func `begins without a request too, in the name of its service and once about a subject`()
    async throws
  {
    let (acme, deliveries) = (bench.acme, process.deliveries)
    others.faults["fetch"] = .unavailable("down")
    for _ in 0..<2 {
      let author = Author(actor: "system:test")
      let beginning = try await bench.store.write(acme, as: author) { transaction in
        try transaction.begin(
          deliveries,
          NewCommand(in: acme, about: "tea", Errand(title: "tea"))
        )
      }
      #expect(await failure { _ = try await deliveries.finish(beginning) }?.code == .unavailable)
    }
    #expect(try await bench.listed().count == 1)
    others.faults = [:]
    bench.clock.advance(by: .seconds(60))
    try await process.resume()
    let author = "system:test -"
    #expect(
      try await bench.notes() == [
        "\(author) fetch", "\(author) fetch bring", "\(author) fetch bring bill",
      ]
    )
  }

  @Test func `goes on by itself when the service that was down is there again`() async throws {
    others.faults["bring"] = .unavailable("down")
    let error = await failure { _ = try await bench.deliver("tea", by: process.deliveries) }
    #expect(error == .unavailable("down"))
    for tries in 1...3 {
      let command = try #require(try await bench.listed().first)
      #expect(command.step == "bring" && command.attempts == tries && !command.isHeld)
      #expect(command.error == "unavailable UNAVAILABLE")
      let calls = others.calls.count
      try await process.resume()
      #expect(others.calls.count == calls, "it waits for its time")
      bench.clock.advance(by: .seconds(60))
      try await process.resume()
      #expect(others.calls.count == calls + 1)
    }
    others.faults = [:]
    bench.clock.advance(by: .seconds(60))
    try await process.resume()
    #expect(others.things == ["bill", "bring", "fetch"])
    #expect(try await bench.listed().isEmpty)
  }

  @Test func `waits longer with each try, a minute at most`() async throws {
    others.faults["fetch"] = .unavailable("down")
    _ = await failure { _ = try await bench.deliver("tea", by: process.deliveries) }
    var waits: [Duration] = []
    for _ in 0..<20 {
      let command = try #require(try await bench.listed().first)
      waits.append(command.dueTime - bench.clock.now)
      bench.clock.advance(by: .seconds(60))
      try await process.resume()
    }
    #expect(waits[0] >= .milliseconds(500) && waits[0] <= .seconds(1))
    #expect(waits.suffix(10).allSatisfy { $0 >= .seconds(30) && $0 <= .seconds(60) })
    #expect(Set(waits.suffix(10)).count > 1, "they spread out")
  }

  @Test func `has failed after 200 tries, and goes on when it is asked for again`() async throws {
    others.faults["bring"] = .unavailable("down")
    _ = await failure { _ = try await bench.deliver("tea", key: "1", by: process.deliveries) }
    for _ in 1..<200 {
      bench.clock.advance(by: .seconds(60))
      try await process.resume()
    }
    let command = try #require(try await bench.listed().first)
    #expect(command.status == .failed && command.attempts == 200 && command.step == "bring")
    let calls = others.calls.count
    bench.clock.advance(by: .seconds(24 * 3600 - 200 * 60))
    try await process.resume()
    #expect(others.calls.count == calls)
    #expect(others.things == ["fetch"], "nothing is undone whose outcome is unknown")
    others.faults = [:]
    let done = try await bench.deliver("tea", key: "1", by: process.deliveries)
    #expect(done.notes == "fetch bring bill")
  }

  @Test func `is carried on at once by the one process when its service starts again`() async throws
  {
    try await bench.leave(by: process)
    try await process.resume()
    #expect(others.calls.isEmpty)
    try await bench.store.releaseCommands(as: Author(actor: "system:test"))
    try await bench.process().resume()
    #expect(others.things == ["bill", "bring", "fetch"])
  }

  @Test func `is forgotten once its answer can no longer be asked for`() async throws {
    _ = try await bench.deliver("tea", by: process.deliveries)
    let author = Author(actor: "system:test")
    bench.clock.advance(by: .seconds(24 * 3600))
    try await bench.store.forgetOldCommands(as: author)
    #expect(try await bench.store.commandCounts() == [.done: 1])
    bench.clock.advance(by: .seconds(3600))
    try await bench.store.forgetOldCommands(as: author)
    #expect(try await bench.store.commandCounts().isEmpty)
  }

  @Test(.enabled(if: TestDatabase.isPostgreSQL))
  func `is carried on by one of two processes with stores of their own`() async throws {
    let second = try bench.anotherStore()
    try await bench.leave(by: process)
    bench.clock.advance(by: .seconds(15))
    let processes = [process, bench.process(second)]
    let tasks = try await [processes[0].runner.resumeDue(), processes[1].runner.resumeDue()]
    for task in tasks.joined() { await task.value }
    #expect(others.things == ["bill", "bring", "fetch"])
    #expect(try await bench.notes().count == 3)
    second.close()
  }
}

@LoopActor
@Suite struct `A step that is refused` {
  private let bench: DeliveryBench
  private let process: DeliveryBench.Process
  private let refusal = MeshError.invalid("title", "must be something else")

  init() throws {
    bench = try DeliveryBench()
    process = bench.process()
  }

  private var others: OtherServices { bench.others }

  @Test(arguments: ["fetch", "bring", "bill"])
  func `has the command undone, and its caller told`(_ step: String) async throws {
    others.faults[step] = refusal
    let error = await failure {
      _ = try await bench.deliver("tea", key: "1", by: process.deliveries)
    }
    #expect(error == refusal)
    #expect(others.things.contains("undo"))
    #expect(try await bench.store.commandCounts().isEmpty)
    others.faults = [:]
    let done = try await bench.deliver("tea", key: "1", by: process.deliveries)
    #expect(done.notes == "fetch bring bill", "the same request begins anew")
  }

  @Test func `has the command undone by itself where the caller could not wait`() async throws {
    others.faults = ["bring": refusal, "undo": .unavailable("down")]
    let error = await failure { _ = try await bench.deliver("tea", by: process.deliveries) }
    #expect(error == refusal)
    let command = try #require(try await bench.listed().first)
    #expect(command.status == .undoing && command.step == "undo" && command.attempts == 1)
    others.faults = [:]
    bench.clock.advance(by: .seconds(60))
    try await process.resume()
    #expect(others.things == ["fetch", "undo"])
    #expect(try await bench.listed().map(\.status) == [.undone])
  }

  @Test func `is listed when no caller was told, until its request begins anew`() async throws {
    others.faults["bring"] = .unavailable("down")
    _ = await failure { _ = try await bench.deliver("tea", key: "1", by: process.deliveries) }
    others.faults["bring"] = refusal
    bench.clock.advance(by: .seconds(60))
    try await process.resume()
    let command = try #require(try await bench.listed().first)
    #expect(command.status == .undone && command.error == "invalidArgument INVALID_FIELD")
    others.faults = [:]
    _ = try await bench.deliver("tea", key: "1", by: process.deliveries)
    #expect(try await bench.listed().isEmpty)
  }

  @Test func `leaves what cannot be undone as it is, to be retried`() async throws {
    others.faults["bring"] = refusal
    let error = await failure { _ = try await bench.deliver("tea", by: process.loose) }
    #expect(error == refusal)
    let command = try #require(try await bench.listed().first)
    #expect(command.status == .failed && command.step == "bring")
    others.faults = [:]
    try await process.loose.retry(command)
    #expect(others.things == ["bill", "bring", "fetch"])
  }

  @Test func `leaves nothing when it is the first and nothing was done`() async throws {
    others.faults["fetch"] = refusal
    let error = await failure { _ = try await bench.deliver("tea", by: process.loose) }
    #expect(error == refusal)
    #expect(try await bench.store.commandCounts().isEmpty)
  }
}
