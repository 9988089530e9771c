import MeshCore
import MeshLoop
import MeshTestScale
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `Snapshots of several stores` {
  private static let migration = Migration(
    "m0001_create_effects.sql",
    Array(
      """
      CREATE TABLE effects (
        tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
        number BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, number)
      );
      """.utf8
    )
  )

  private let folder = TemporaryFolder()

  private func open(_ service: String) throws -> (Store, StoreConfiguration) {
    let place = try TestDatabase.make(service, in: folder.path)
    return (try Store(configuration: place, migrations: [Self.migration]), place)
  }

  /// What two stores have at one moment of each other's changes.
  private struct Moment: Sendable {
    var lastChange: [Int64] = []
    var effects: [[Int64]] = []
    var cursors: [Int64] = []

    init(_ places: [StoreConfiguration]) throws {
      for snapshot in try StoreSnapshot.take(places) {
        func values(_ table: String, _ columns: [String]) throws -> [[SQLValue]] {
          guard let table = snapshot.tables.first(where: { $0.name == table }) else { return [] }
          let wanted = columns.compactMap { table.columns.firstIndex(of: $0) }
          var rows: [[SQLValue]] = []
          try snapshot.rows(of: table) { bytes in
            let row = RowForm.values(bytes[...], count: table.columns.count) ?? []
            rows.append(wanted.map { row[$0] })
          }
          return rows
        }
        func numbers(_ table: String, _ column: String) throws -> [Int64] {
          try values(table, [column]).compactMap {
            if case .integer(let number) = $0[0] { number } else { nil }
          }
        }
        lastChange.append(try numbers("mesh_changes", "sequence").max() ?? 0)
        effects.append(try numbers("effects", "number"))
        let cursors = try values("mesh_cursors", ["cursor"]).compactMap { row in
          if case .text(let text) = row[0] { LogCursor(text)?.position } else { nil }
        }
        self.cursors.append(cursors.first ?? 0)
      }
    }
  }

  /// Writes changes, and the effects of the other's: some for each turn.
  private static func work(
    _ store: Store,
    on other: Store,
    _ turns: AsyncStream<Void>
  ) async throws {
    var place: (cursor: String?, position: Int64) = (nil, 0)
    for await _ in turns {
      for _ in 0..<20 { try await write(to: store, effectsOf: other, from: &place) }
    }
  }

  private static func write(
    to store: Store,
    effectsOf other: Store,
    from place: inout (cursor: String?, position: Int64)
  ) async throws {
    let batch = try await other.changes(after: place.position, max: 20)
    let next = other.cursor(after: batch.position)
    let from = place.cursor
    try await store.write(acme, as: .test) { transaction in
      if next != from {
        _ = try transaction.advance("other", from: from, to: next)
        for entry in batch.entries {
          try transaction.execute("INSERT INTO effects (number) VALUES (\(entry.sequence))")
        }
      }
      for id in 0..<3 {
        try transaction.record(Change(action: "create", object: "effect", id: "\(id)"))
      }
    }
    place = (next, batch.position)
  }

  @Test func `see no effect of a change that they do not see, whoever writes meanwhile`()
    async throws
  {
    let (left, leftPlace) = try open("left")
    let (right, rightPlace) = try open("right")
    let turns = [AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream()]
    let moments = try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await Self.work(left, on: right, turns[0].stream) }
      group.addTask { try await Self.work(right, on: left, turns[1].stream) }
      var moments: [Moment] = []
      for _ in 0..<TestScale.count(25, long: 120) {
        for turn in turns { turn.continuation.yield() }
        moments.append(
          try await BlockingPool.shared.run { try Moment([leftPlace, rightPlace]) }
        )
      }
      for turn in turns { turn.continuation.finish() }
      try await group.waitForAll()
      moments.append(try Moment([leftPlace, rightPlace]))
      return moments
    }
    for moment in moments {
      for (own, other) in [(0, 1), (1, 0)] {
        #expect(moment.cursors[own] <= moment.lastChange[other])
        #expect(moment.effects[own].allSatisfy { $0 <= moment.lastChange[other] })
        #expect(moment.effects[own].allSatisfy { $0 <= moment.cursors[own] })
      }
    }
    let seen = moments.map { $0.effects[0].count }
    #expect(seen == seen.sorted())
    #expect(moments.last?.effects.contains([]) == false, "both went on")
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `are opened while none of the stores can be written`() throws {
    let places = [try open("left").1, try open("right").1]
    let paths = places.compactMap { place in
      if case .file(let path) = place.database { path } else { nil }
    }
    let writers = try paths.map { path in
      let writer = try SQLiteConnection(path, scope: .system, purpose: .writing)
      try writer.execute(script: "PRAGMA busy_timeout = 0")
      return writer
    }
    var refused = 0
    let readers = try SQLiteSnapshots.open(paths) {
      for writer in writers {
        do throws(StoreError) {
          try writer.run(.begin)
        } catch {
          refused += error.engineFault == .busy ? 1 : 0
        }
      }
    }
    #expect(readers.count == 2 && refused == 4)
    for writer in writers { try writer.run(.begin) }
  }
}
