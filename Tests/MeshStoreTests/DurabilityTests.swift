import CSQLite
import FoundationEssentials
import Glibc
import MeshCore
import MeshTestScale
import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

/// Counts answers across tasks.
private final class Answers: Sendable {
  private let count = Atomic(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

@Suite(.enabled(if: TestDatabase.isSQLite)) struct `What was answered` {
  /// Lines of the file that a killed process wrote one after each answer.
  private static func answered(_ folder: String) -> [String] {
    guard let content = FileManager.default.contents(atPath: folder + "/answered") else {
      return []
    }
    return String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func store(_ folder: String) throws -> Store {
    try Store(
      configuration: StoreConfiguration(path: folder + "/leads.db", service: "leads"),
      migrations: [StoreFixture.migration]
    )
  }

  /// Writes leads from 16 tasks until `count` were answered, noting each answer; then dies.
  private static func writeUntilKilled(_ folder: String, after count: Int) async throws {
    let store = try store(folder)
    let notes = open(folder + "/answered", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    let answers = Answers()
    // Commits that take a while: an answer that came before its commit would be caught out.
    let large = [UInt8](repeating: 1, count: 100_000)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask {
          while true {
            let id = try? await store.write(acme, as: .test) { transaction in
              let id = transaction.ids.next(LeadKind.self)
              try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), 'Lead')")
              try transaction.record(
                Change(action: "create", object: "lead", id: id.description, after: large)
              )
              return id
            }
            guard let id else { continue }
            let line = Array("\(id)\n".utf8)
            _ = write(notes, line, line.count)
            if answers.next() >= count { kill(getpid(), SIGKILL) }
          }
        }
      }
    }
  }

  @Test(.serialized, arguments: TestScale.seeds(1, long: 60))
  func `is there after the process was killed, whole and once`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let temporary = TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path
    for round in 1...4 {
      let count: Int = 40 * round + Int.random(in: 0..<40, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [folder = folder as String, count = count as Int] in
        try await Self.writeUntilKilled(folder, after: count)
      }
      let store = try Self.store(folder)
      let found = try await store.read(acme) { transaction in
        try transaction.rows("SELECT id FROM leads") { try $0.next(LeadID.self).description }
      }
      let changes = try await store.changes(after: 0, max: .max)
      let answered = Self.answered(folder)
      #expect(answered.count >= count)
      #expect(Set(answered).isSubset(of: Set(found)))
      #expect(Set(changes.entries.map(\.id)) == Set(found))
      #expect(changes.entries.count == found.count)
      store.close()
    }
  }

  @Test func `is not taken away by another process that opens and closes the file`() async throws {
    let fixture = try StoreFixture()
    _ = try await fixture.addLead(acme, "Lead")
    let path = fixture.folder.path("leads.db")
    await #expect(processExitsWith: .success) { [path = path as String] in
      var other: OpaquePointer?
      #expect(sqlite3_open(path, &other) == SQLITE_OK)
      #expect(sqlite3_exec(other, "SELECT count(*) FROM leads", nil, nil, nil) == SQLITE_OK)
      // The last to close a file removes its log; this one is not.
      sqlite3_close(other)
    }
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
  }

  @Test func `is all there is when the disk fails, and the process ends saying so`() async throws {
    let temporary = TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let folder = temporary.path
    let result = await #expect(
      processExitsWith: .exitCode(74),
      observing: [\.standardErrorContent]
    ) { [folder = folder as String] in
      let store = try Self.store(folder)
      // From here on no file may grow beyond a quarter of a MiB: writes fail as on a broken disk.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1 << 18, rlim_max: 1 << 18)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let notes = open(folder + "/answered", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      while true {
        let id = try await store.write(acme, as: .test) { transaction in
          let id = transaction.ids.next(LeadKind.self)
          let name = String(repeating: "x", count: 10_000)
          try transaction.execute("INSERT INTO leads (id, name) VALUES (\(id), \(name))")
          return id
        }
        let line = Array("\(id)\n".utf8)
        _ = write(notes, line, line.count)
      }
    }
    let log = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(log.contains("the store's disk failed; ending the process"))
    let store = try Self.store(folder)
    let found = try await store.read(acme) { transaction in
      try transaction.rows("SELECT id FROM leads") { try $0.next(LeadID.self).description }
    }
    #expect(Set(Self.answered(folder)).isSubset(of: Set(found)))
    #expect(!found.isEmpty)
  }

  @Test func `stays when there is no room for more, and the store goes on`() async throws {
    let fixture = try StoreFixture { $0.maximumSize = .kibibytes(400) }
    let large = String(repeating: "x", count: 20_000)
    var count = 0
    let error = await #expect(throws: MeshError.self) {
      while true {
        _ = try await fixture.addLead(acme, large)
        count += 1
      }
    }
    #expect(error?.code == .unavailable && error?.reason == .storeFull)
    #expect(fixture.store.failure == "no room left")
    #expect(count > 5)
    #expect(try await fixture.names(acme).count == count)
    // What makes room is still done.
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.execute("DELETE FROM leads")
    }
    await fixture.store.probe()
    #expect(fixture.store.failure == nil)
    _ = try await fixture.addLead(acme, large)
    #expect(try await fixture.names(acme) == [large])
  }

  @Test func `never was when a body goes on after there was no room`() async throws {
    let fixture = try StoreFixture { $0.maximumSize = .kibibytes(400) }
    let large = String(repeating: "x", count: 500_000)
    await #expect(throws: (any Error).self) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(LeadID.some), 'small')")
        let other = transaction.ids.next(LeadKind.self)
        _ = try? transaction.execute("INSERT INTO leads (id, name) VALUES (\(other), \(large))")
        throw CancellationError()
      }
    }
    #expect(try await fixture.names(acme).isEmpty)
    _ = try await fixture.addLead(acme, "next")
    #expect(try await fixture.names(acme) == ["next"])
  }
}
