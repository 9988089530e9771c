import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A read that takes too long` {
  /// 10^12 rows: nobody waits for that.
  private static let endless: SQL = """
    WITH digits (d) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
    SELECT count(*) FROM digits AS a, digits AS b, digits AS c, digits AS d, digits AS e, digits AS f,
      digits AS g, digits AS h, digits AS i, digits AS j, digits AS k, digits AS l
    """

  @Test func `is ended with an error that says so, and the next one is answered`() async throws {
    let fixture = try StoreFixture { $0.readBudget = .milliseconds(100) }
    for _ in 0..<3 {
      let error = await #expect(throws: MeshError.self) {
        try await fixture.store.read(acme) { try $0.value(Self.endless, as: Int.self) }
      }
      #expect(error?.reason == .tooExpensive && error?.code == .invalidArgument)
    }
    let one = try await fixture.store.read(acme) { try $0.value("SELECT 1", as: Int.self) }
    #expect(one == 1)
  }

  /// Of few steps, of which each folds a long text.
  @Test func `is ended also where each of its steps takes long`() async throws {
    let fixture = try StoreFixture { $0.readBudget = .milliseconds(20) }
    let text = String(repeating: "Ñandú ÄÖÜ ", count: 1_000)
    let error = await #expect(throws: MeshError.self) {
      try await fixture.store.read(acme) { transaction in
        try transaction.value(
          """
          WITH digits (d) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))
          SELECT count(*) FROM digits AS a, digits AS b, digits AS c
          WHERE instr(loose_text(\(text) || a.d || b.d || c.d), 'q0x') > 0
          """,
          as: Int.self
        )
      }
    }
    #expect(error?.reason == .tooExpensive)
  }

  @Test func `of the system is ended too, if later`() async throws {
    let fixture = try StoreFixture { $0.systemReadBudget = .milliseconds(100) }
    let error = await #expect(throws: MeshError.self) {
      try await fixture.store.systemRead { try $0.value(Self.endless, as: Int.self) }
    }
    #expect(error?.reason == .tooExpensive)
  }

  @Test func `is not taken for one whose caller has gone`() async throws {
    let fixture = try StoreFixture { $0.readBudget = .seconds(60) }
    let read = Task {
      try await fixture.store.read(acme) { try $0.value(Self.endless, as: Int.self) }
    }
    read.cancel()
    let error = await #expect(throws: MeshError.self) { try await read.value }
    #expect(error?.reason == .cancelled)
  }
}
