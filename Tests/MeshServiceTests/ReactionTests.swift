import ErrandsAPI
import MeshAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Synchronization
import Testing
import TypeAPI

@testable import MeshService

private let author = Author(actor: "system:test")
private let log = Log(service: "test", level: .error)

/// What a reaction of a test does with each title that it gets.
private final class Effects: Sendable {
  struct Defect: Error {}

  /// Titles that it fails for, and why.
  let faults = Mutex<[String: any Error]>([:])

  func fail(for title: String, _ error: any Error = Defect()) {
    faults.withLock { $0[title] = error }
  }

  func heal() { faults.withLock { $0 = [:] } }

  /// Writes a note of the change's action and the errand's title.
  func apply(_ change: ChangeEntry, _ transaction: WriteTransaction) throws {
    let title = try change.after.map { try Errand(wire: $0).title } ?? "-"
    if let fault = faults.withLock({ $0[title] }) { throw fault }
    try transaction.execute(
      "INSERT INTO notes (place, text) VALUES ((SELECT count(*) FROM notes), \("\(change.action) \(title)"))"
    )
  }
}

@LoopActor
@Suite struct `A reaction` {
  private let opened: TestStore
  private let other = OtherService()
  private let effects = Effects()
  private let acme: TenantID = IDGenerator.system.next()
  private let globex: TenantID = IDGenerator.system.next()
  private let one: ErrandID = IDGenerator.system.next()
  private let two: ErrandID = IDGenerator.system.next()

  init() throws { opened = try TestStore("test", [.notes]) }

  private func runner(start: Reaction.Start = .snapshot) -> ReactionRunner {
    ReactionRunner(
      Reaction(to: "errands", ["errand"], start: start) { [effects] in try effects.apply($0, $1) },
      opened.store,
      as: author,
      log: log
    )
  }

  private func notes(_ tenant: TenantID) async throws -> [String] {
    try await opened.store.read(tenant) { transaction in
      try transaction.rows("SELECT text FROM notes ORDER BY place") { try $0.next(String.self) }
    }
  }

  /// Follows the other's log to its end, through failures that pass.
  private func follow(_ runner: ReactionRunner) async throws {
    let feed = other.feed()
    var failures = 0
    repeat {
      do {
        try await feed.step(runner)
      } catch {
        failures += 1
        guard failures < 100 else { throw error }
      }
    } while try await runner.cursor() != other.end
  }

  private func letters() async throws -> [MeshStore.DeadLetter] {
    try await opened.store.deadLetters(after: 0, limit: 100)
  }

  @Test func `begins with each record as it is, and goes on with each change, once`() async throws {
    other.change(acme, one, to: "first")
    other.change(acme, one, to: "second")
    other.change(globex, two, to: "theirs")
    try await follow(runner())
    #expect(try await notes(acme) == ["snapshot second"])
    #expect(try await notes(globex) == ["snapshot theirs"])
    other.change(acme, one, to: "third")
    other.change(acme, one, to: nil)
    // Another process of the service begins where this one is.
    try await follow(runner())
    try await follow(runner())
    #expect(try await notes(acme) == ["snapshot second", "update third", "delete -"])
  }

  @Test func `is waited for by those who make what it reacts to`() {
    var reader = SettingsReader(arguments: []) { _ in nil }
    let runtime = ServiceRuntime(
      name: "test",
      mesh: MeshSettings(from: &reader),
      store: opened.store,
      verifier: TokenVerifier(keys: [], clock: .system),
      log: log
    )
    let source = runner().source(in: runtime)
    #expect(source.follower == "\(runtime.instance)/errands:errand")
    #expect(source.objects == ["errand"])
  }

  @Test func `takes what follows in one tenant together`() async throws {
    let runner = runner(start: .nextChange)
    try await follow(runner)
    let before = opened.store.metrics.commits
    other.pageSize = 256
    for number in 0..<200 {
      if number == 100 { other.change(globex, two, to: "theirs") }
      other.change(acme, one, to: "\(number)")
    }
    try await follow(runner)
    let titles = try await notes(acme).compactMap { $0.split(separator: " ").last }
    #expect(titles == (0..<200).map { "\($0)" })
    #expect(try await notes(globex).count == 1)
    #expect(opened.store.metrics.commits - before < 10)
  }

  @Test func `to changes themselves begins with the next one`() async throws {
    other.change(acme, one, to: "old")
    let runner = runner(start: .nextChange)
    try await follow(runner)
    other.change(acme, one, to: "new")
    try await follow(runner)
    #expect(try await notes(acme) == ["update new"])
    other.restore([one])
    other.change(acme, one, to: "restored")
    try await follow(runner)
    other.change(acme, one, to: "newest")
    try await follow(runner)
    #expect(try await notes(acme) == ["update new", "update newest"])
  }

  @Test func `gets every record again from a service that was restored`() async throws {
    other.change(acme, one, to: "first")
    other.change(acme, two, to: "second")
    let runner = runner()
    try await follow(runner)
    other.restore([two])
    try await follow(runner)
    #expect(
      try await notes(acme) == ["snapshot first", "snapshot second", "snapshot second"]
    )
  }

  @Test func `puts aside what it cannot apply, and goes on with other records`() async throws {
    let runner = runner()
    try await follow(runner)
    effects.fail(for: "bad")
    other.change(acme, one, to: "bad")
    other.change(acme, two, to: "good")
    other.change(globex, two, to: "theirs")
    try await follow(runner)
    #expect(try await notes(acme) == ["update good"])
    #expect(try await notes(globex) == ["update theirs"])
    let letter = try #require(try await letters().first)
    #expect(letter.letter.feed == "errands:errand" && letter.letter.tenant == acme)
    #expect(letter.letter.id == "\(one)" && letter.letter.attempts == 1)
    #expect(letter.letter.error == "Defect", "the error says what, and nothing of the record")
    #expect(
      try MeshAPI.Change(wire: letter.letter.change).after
        == Errand(id: one, title: "bad").wireBytes()
    )
  }

  @Test func `keeps later changes of a record behind the one that was put aside`() async throws {
    let runner = runner()
    try await follow(runner)
    effects.fail(for: "bad")
    for title in ["bad", "better", "best"] { other.change(acme, one, to: title) }
    try await follow(runner)
    #expect(try await notes(acme).isEmpty)
    let waiting = try await letters()
    try #require(waiting.map(\.letter.attempts) == [1, 0, 0])
    // Whoever retries a later one first is refused, and nothing is lost.
    await #expect(throws: MeshError.self) { try await runner.retry(waiting[1]) }
    await #expect(throws: Effects.Defect.self) { try await runner.retry(waiting[0]) }
    #expect(try await letters().count == 3)
    effects.heal()
    for letter in waiting { try await runner.retry(letter) }
    #expect(try await notes(acme) == ["update bad", "update better", "update best"])
    #expect(try await letters().isEmpty)
    other.change(acme, one, to: "next")
    try await follow(runner)
    #expect(try await notes(acme).last == "update next")
  }

  @Test func `tries again what may pass, and puts it aside when it does not`() async throws {
    let runner = runner()
    try await follow(runner)
    effects.fail(for: "early", MeshError.unavailable("not there yet"))
    other.change(acme, one, to: "early")
    let feed = other.feed()
    for _ in 1..<ReactionRunner.mostAttempts {
      await #expect(throws: MeshError.self) { try await feed.step(runner) }
      #expect(try await letters().isEmpty)
    }
    try await feed.step(runner)
    let letter = try #require(try await letters().first)
    #expect(letter.letter.attempts == ReactionRunner.mostAttempts)
    #expect(letter.letter.error == "unavailable UNAVAILABLE")
  }

  @Test func `puts nothing aside because its own store has no room, however long that lasts`()
    async throws
  {
    let runner = runner()
    try await follow(runner)
    effects.fail(
      for: "early",
      StoreError.engine(EngineFault(.room, code: "13", message: "database or disk is full"))
    )
    other.change(acme, one, to: "early")
    let feed = other.feed()
    for _ in 0..<2 * ReactionRunner.mostAttempts {
      await #expect(throws: MeshError.self) { try await feed.step(runner) }
    }
    #expect(try await letters().isEmpty)
    effects.heal()
    try await follow(runner)
    #expect(try await notes(acme) == ["update early"])
  }

  @Test func `has its effect after all when the reason has passed`() async throws {
    let runner = runner()
    try await follow(runner)
    effects.fail(for: "early", MeshError.unavailable("not there yet"))
    other.change(acme, one, to: "early")
    await #expect(throws: MeshError.self) { try await other.feed().step(runner) }
    effects.heal()
    try await follow(runner)
    #expect(try await notes(acme) == ["update early"])
    #expect(try await letters().isEmpty)
  }

  @Test func `applies a change of which it was not known whose it is, once that can be read`()
    async throws
  {
    let runner = runner()
    let change = MeshAPI.Change(
      tenantId: "\(acme)",
      action: "update",
      object: "errand",
      id: "\(one)",
      after: Errand(id: one, title: "found").wireBytes(),
      time: Timestamp(microseconds: 1)
    )
    let letter = NewDeadLetter(
      feed: runner.feed,
      tenant: nil,
      object: "errand",
      id: "\(one)",
      change: change.wireBytes(),
      error: "the change is malformed",
      attempts: 1
    )
    try await opened.store.systemWrite(as: author) { try $0.bury(letter) }
    for letter in try await letters() { try await runner.retry(letter) }
    #expect(try await notes(acme) == ["update found"])
    #expect(try await letters().isEmpty)
  }

  @Test func `puts aside what is malformed or too large for a message`() async throws {
    let runner = runner()
    try await follow(runner)
    other.log(
      MeshAPI.Change(tenantId: "nobody", action: "update", object: "errand", id: "errand_1")
    )
    other.log(acme, "\(one)", [], tooLarge: true)
    other.log(acme, "\(two)", [0xFF])
    try await follow(runner)
    let found = try await letters()
    #expect(found.map(\.letter.tenant) == [nil, acme, acme])
    #expect(
      found.prefix(2).map(\.letter.error)
        == ["the change is malformed", "the change is too large for a message"]
    )
    #expect(try await notes(acme).isEmpty)
  }

  @Test func `is shown to the operator with its dead letters, who retries and drops them`()
    async throws
  {
    let runner = runner()
    try await follow(runner)
    effects.fail(for: "bad")
    effects.fail(for: "worse")
    other.change(acme, one, to: "bad")
    other.change(acme, two, to: "worse")
    try await follow(runner)
    let list = DeadLetterList(store: opened.store, consumers: [runner], log: log)
    let call = TestCaller.system("operator", in: nil)
    let first = try await list.listDeadLetters(ListDeadLettersRequest(pageSize: 1), call)
    #expect(first.totalSize == 2 && first.letters.map(\.id) == ["\(one)"])
    #expect(first.letters.first?.action == "update")
    let second = try await list.listDeadLetters(
      ListDeadLettersRequest(pageSize: 1, pageToken: first.nextPageToken),
      call
    )
    #expect(second.letters.map(\.id) == ["\(two)"] && second.nextPageToken.isEmpty)
    effects.heal()
    effects.fail(for: "worse", StoreError.constraint("CHECK constraint failed: place"))
    let numbers = (first.letters + second.letters).map(\.number)
    let retried = try await list.retryDeadLetters(
      RetryDeadLettersRequest(numbers: numbers),
      call
    )
    #expect(retried.applied == 1 && retried.failed == 1)
    #expect(try await notes(acme) == ["update bad"])
    let left = try #require(try await letters().first)
    #expect(left.letter.attempts == 2 && left.letter.error.hasPrefix("StoreError.constraint"))
    let metrics = Metrics(service: "test")
    metrics.observe(opened.store, [])
    #expect(await metrics.page().contains("leadmesh_dead_letters{service=\"test\"} 1\n"))
    let dropped = try await list.dropDeadLetters(DropDeadLettersRequest(numbers: numbers), call)
    #expect(dropped.dropped == 1)
    #expect(try await letters().isEmpty)
    for numbers in [[], Array(1...1_001).map { Int64($0) }] {
      await #expect(throws: MeshError.self) {
        try await list.dropDeadLetters(DropDeadLettersRequest(numbers: numbers), call)
      }
    }
  }
}
