import CEL
import MeshCore
import MeshTestScale
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A condition in memory and as SQL` {
  private static let environment = CELEnvironment(ordered: AnyKindOfRecord.types)

  private static let conditions =
    TestDatabase.isSQLite
    ? TestScale.count(1_500, long: 12_000) : TestScale.count(150, long: 1_500)

  /// What one run over random conditions found.
  private struct Finding {
    var refused = 0
    /// Conditions that matched some records and not others.
    var telling = 0
    var differences: [String] = []
  }

  /// What a database says that cannot run a condition.
  private struct Refusal: Error {
    let condition: String
    let sql: String
    let cause: any Error
  }

  @Test(arguments: TestScale.seeds(4, long: 8))
  func `match the same records, absent values and negation included`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let records = (0..<60).map {
      AnyKindOfRecord(number: $0, environment: Self.environment, &random)
    }
    let rows = records.map(\.row).joined(by: ", ")
    let fixture = try StoreFixture(migrations: [AnyKindOfRecord.migration]) {
      $0.readBudget = .seconds(3_600)
    }
    _ = try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.execute("INSERT INTO samples \(Self.columns) VALUES \(rows)")
    }
    let values = records.map(\.record)
    let finding = try await fixture.store.read(acme) { transaction in
      try Self.compare(values, seed: seed, transaction)
    }
    #expect(finding.differences.isEmpty)
    #expect(finding.refused <= Self.conditions / 100, "the generator writes what is refused")
    #expect(finding.telling >= Self.conditions / 2, "the conditions tell too little")
  }

  private static let columns: SQL = """
    (number, status, source, name, city, score, visits, rating, weight, active, archived, created, updated, \
    owner, author, revenue, budget, currency)
    """

  private static func compare(
    _ records: [CELRecord],
    seed: UInt64,
    _ transaction: ReadTransaction
  ) throws -> Finding {
    var generator = ConditionGenerator(random: SeededRandom(seed: seed &* 7919))
    var finding = Finding()
    for _ in 0..<conditions {
      let text = generator.condition(4)
      let checked = try environment.compile(text)
      guard let sql = try? CELSQL.translate(checked, fields: AnyKindOfRecord.fields) else {
        finding.refused += 1
        continue
      }
      let found: [Int64]
      do {
        found = try transaction.rows("SELECT number FROM samples WHERE \(sql) ORDER BY number") {
          try $0.next()
        }
      } catch {
        throw Refusal(condition: text, sql: sql.text, cause: error)
      }
      let expected = records.indices.filter { checked.matches(records[$0]) }.map(Int64.init)
      if !expected.isEmpty, expected.count < records.count { finding.telling += 1 }
      if found != expected {
        finding.differences.append("\(text)\n  \(sql.text)\n  \(expected) but \(found)")
      }
    }
    return finding
  }
}
