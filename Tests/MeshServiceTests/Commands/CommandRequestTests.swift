import ErrandsAPI
import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

@LoopActor
@Suite struct `Requests for commands` {
  private let bench: DeliveryBench
  private let process: DeliveryBench.Process

  init() throws {
    bench = try DeliveryBench()
    process = bench.process()
  }

  private var others: OtherServices { bench.others }

  @Test func `have one command and one answer for each key`() async throws {
    let first = try await bench.deliver("tea", key: "1", by: process.deliveries)
    let second = try await bench.deliver("tea", key: "1", by: bench.process().deliveries)
    #expect(first == second && others.calls.count == 3)
    let conflict = await failure {
      _ = try await bench.deliver("milk", key: "1", by: process.deliveries)
    }
    #expect(conflict?.reason == .idempotencyConflict)
    _ = try await bench.deliver("milk", key: "2", by: process.deliveries)
    #expect(others.calls.count == 6)
  }

  @Test func `with the same key at once wait for the same command`() async throws {
    others.stop = OtherServices.Stop(step: "bring", isMade: false)
    let requests = (0..<3).map { _ in
      Task.immediate { @LoopActor in
        try await bench.deliver("tea", key: "1", by: process.deliveries)
      }
    }
    await others.stopped()
    // Another process of the service does not wait for it.
    let elsewhere = await failure {
      _ = try await bench.deliver("tea", key: "1", by: bench.process().deliveries)
    }
    #expect(elsewhere?.code == .unavailable)
    others.go()
    for request in requests { #expect(try await request.value.notes == "fetch bring bill") }
    #expect(others.calls.count == 3)
  }

  @Test func `carry on what was left off`() async throws {
    others.faults["bring"] = .unavailable("down")
    _ = await failure { _ = try await bench.deliver("tea", key: "1", by: process.deliveries) }
    others.faults = [:]
    let done = try await bench.deliver("tea", key: "1", by: process.deliveries)
    #expect(done.notes == "fetch bring bill")
    #expect(others.things == ["bill", "bring", "fetch"])
  }

  @Test func `about the same subject have one command at a time`() async throws {
    others.faults["bring"] = .unavailable("down")
    _ = await failure {
      _ = try await bench.deliver("tea", about: "shop", by: process.deliveries)
    }
    others.faults = [:]
    let second = try await bench.deliver("milk", about: "shop", by: process.deliveries)
    #expect(second.title == "tea", "what is under way is carried on")
    let third = try await bench.deliver("milk", about: "shop", by: process.deliveries)
    #expect(third.title == "milk")
    #expect(others.things.count == 6)
  }

  @Test func `of another tenant see nothing of it`() async throws {
    others.faults["bring"] = .unavailable("down")
    _ = await failure {
      _ = try await bench.deliver("tea", key: "1", about: "shop", by: process.deliveries)
    }
    let command = try #require(try await bench.listed().first)
    others.faults = [:]
    let theirs = try await bench.deliver(
      "milk",
      key: "1",
      about: "shop",
      in: bench.globex,
      by: process.deliveries
    )
    #expect(theirs.title == "milk")
    #expect(try await bench.listed().map(\.name) == [command.name])
    await #expect(throws: StoreError.self) {
      try await bench.store.read(bench.globex) { _ = try $0.command(command.name) }
    }
    await #expect(throws: StoreError.self) {
      try await bench.store.write(bench.globex, as: Author(actor: "system:test")) { transaction in
        var command = command
        try transaction.save(&command)
      }
    }
  }

  @Test func `are refused beyond a hundred that are under way in a tenant`() async throws {
    for _ in 0..<100 { try await bench.leave(by: process) }
    let refusal = await failure { try await bench.leave(by: process) }
    #expect(refusal?.reason == .limitReached)
    #expect(refusal?.metadata == ["limit": "open_commands", "most": "100"])
    try await bench.leave(in: bench.globex, by: process)
  }

  @Test func `are refused for a state of more than 64 KiB`() async throws {
    let title = String(repeating: "x", count: 65_536)
    let refusal = await failure { _ = try await bench.deliver(title, by: process.deliveries) }
    #expect(refusal?.reason == .tooLarge)
    #expect(try await bench.store.commandCounts().isEmpty)
  }
}

@LoopActor
@Suite struct `The operator's list of commands` {
  private let bench: DeliveryBench
  private let process: DeliveryBench.Process
  private let call = TestCaller.system("operator", in: nil)

  init() throws {
    bench = try DeliveryBench()
    process = bench.process()
  }

  /// One command that waits, one that has failed and one that was undone, in this order.
  private func fill() async throws {
    let others = bench.others
    others.faults["bring"] = .unavailable("down")
    _ = await failure { _ = try await bench.deliver("waits", by: process.deliveries) }
    others.faults = ["fetch": .failedPrecondition("closed")]
    try await bench.leave(in: bench.globex, by: process)
    others.faults = ["bring": .failedPrecondition("closed")]
    _ = await failure { _ = try await bench.deliver("fails", by: process.loose) }
    bench.clock.advance(by: .seconds(15))
    others.faults = [
      "fetch": .failedPrecondition("closed"), "bring": .unavailable("down"),
    ]
    try await process.resume()
    others.faults = [:]
  }

  private func listed(_ size: Int32 = 0, _ token: String = "") async throws -> ListCommandsResponse
  {
    try await process.list.listCommands(
      ListCommandsRequest(pageSize: size, pageToken: token),
      call
    )
  }

  @Test func `says what is under way, was undone and has failed, and nothing personal`()
    async throws
  {
    let start = bench.clock.now
    try await fill()
    let first = try await listed(2)
    #expect(first.totalSize == 3 && first.commands.count == 2)
    let second = try await listed(2, first.nextPageToken)
    #expect(second.nextPageToken.isEmpty)
    let commands = first.commands + second.commands
    #expect(commands.map(\.state) == [.running, .undone, .failed])
    #expect(
      commands.map(\.kind) == ["errand.deliver", "errand.deliver", "errand.deliver_loosely"]
    )
    #expect(commands.map(\.tenantId) == [bench.acme, bench.globex, bench.acme].map { "\($0)" })
    #expect(commands.map(\.step) == ["bring", "undo", "bring"])
    #expect(commands.map(\.attempts) == [2, 0, 1])
    #expect(commands.allSatisfy { $0.actor == "\(bench.member)" && $0.createTime == start })
    #expect(commands.map { $0.nextTime != nil } == [true, false, false])
    #expect(commands[2].error == "failedPrecondition FAILED_PRECONDITION")
  }

  @Test func `says which record a command is about, and nothing by its name`() async throws {
    bench.others.faults["fetch"] = .unavailable("down")
    for subject in ["\(bench.member)", "Ada"] {
      _ = await failure {
        _ = try await bench.deliver("tea", about: subject, by: process.deliveries)
      }
    }
    #expect(try await listed().commands.map(\.subjectId) == ["\(bench.member)", ""])
  }

  @Test func `is counted in the metrics`() async throws {
    try await fill()
    let metrics = Metrics(service: "test")
    metrics.observe(bench.store, [])
    let page = await metrics.page()
    #expect(page.contains("leadmesh_commands{service=\"test\",state=\"open\"} 1\n"))
    #expect(page.contains("leadmesh_commands{service=\"test\",state=\"failed\"} 1\n"))
  }

  @Test func `has commands carried on that wait or have failed, not those that were undone`()
    async throws
  {
    try await fill()
    let numbers = try await listed().commands.map(\.number)
    let answer = try await process.list.retryCommands(
      RetryCommandsRequest(numbers: numbers),
      call
    )
    #expect(answer == RetryCommandsResponse(done: 2, failed: 1))
    #expect(try await listed().commands.map(\.state) == [.undone])
  }

  @Test func `loses those that have ended when they are dropped`() async throws {
    try await fill()
    let numbers = try await listed().commands.map(\.number)
    let answer = try await process.list.dropCommands(DropCommandsRequest(numbers: numbers), call)
    #expect(answer == DropCommandsResponse(dropped: 2, failed: 1))
    #expect(try await listed().commands.map(\.state) == [.running])
    for numbers in [[], (1...1_001).map { Int64($0) }] {
      let error = await failure {
        _ = try await process.list.dropCommands(DropCommandsRequest(numbers: numbers), call)
      }
      #expect(error?.code == .invalidArgument)
    }
  }

  @Test func `has a failed command undone before it is dropped`() async throws {
    bench.others.faults["bring"] = .unavailable("down")
    _ = await failure { _ = try await bench.deliver("tea", by: process.deliveries) }
    for _ in 1..<200 {
      bench.clock.advance(by: .seconds(60))
      try await process.resume()
    }
    let numbers = try await listed().commands.map(\.number)
    let request = DropCommandsRequest(numbers: numbers)
    bench.others.faults["undo"] = .unavailable("down")
    #expect(try await process.list.dropCommands(request, call).failed == 1)
    #expect(try await listed().commands.map(\.state) == [.undoing])
    bench.others.faults = [:]
    bench.clock.advance(by: .seconds(60))
    try await process.resume()
    #expect(bench.others.things == ["fetch", "undo"])
    #expect(try await process.list.dropCommands(request, call).dropped == 1)
    #expect(try await listed().commands.isEmpty)
  }

  @Test func `loses a failed command whose undoing is refused, and what was done stays`()
    async throws
  {
    let others = bench.others
    others.faults = [
      "bring": .failedPrecondition("closed"), "undo": .failedPrecondition("changed since"),
    ]
    _ = await failure {
      _ = try await bench.deliver("tea", about: "shop", by: process.deliveries)
    }
    for _ in 1..<200 {
      bench.clock.advance(by: .seconds(60))
      try await process.resume()
    }
    let commands = try await listed().commands
    #expect(commands.map(\.state) == [.failed])
    let request = DropCommandsRequest(numbers: commands.map(\.number))
    #expect(try await process.list.dropCommands(request, call).dropped == 1)
    #expect(try await listed().commands.isEmpty)
    #expect(others.things == ["fetch"])
    others.faults = [:]
    let next = try await bench.deliver("milk", about: "shop", by: process.deliveries)
    #expect(next.title == "milk")
  }
}
