import Glibc
import MeshCore
import MeshLoop
import MeshStore

/// Pages of 50 out of 100,000 leads: by order, by filter, and newest first by words of every rarity.
@LoopActor
enum SearchBenchmark {
  private static let leads = 100_000
  private static let samples = 200
  private static let tenant = TenantID(high: 1, low: 1)
  private nonisolated static let columns: SQL =
    "leads.id, leads.first_name, leads.last_name, leads.email"

  /// - Parameter folder: where the file is made.
  /// - Throws: when the store cannot be opened or written.
  static func run(in folder: String) async throws {
    let path = folder + "/search.db"
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    let store = try Store(
      configuration: StoreConfiguration(path: path, service: "leads"),
      migrations: [BenchmarkLead.migration]
    )
    try await load(store)
    let byScore = Keyset([.descending("score")], unique: "id")
    try await measure("list by score") {
      try await page(store, by: byScore, from: "leads", where: "TRUE")
    }
    try await measure("list by score, filtered") {
      try await page(store, by: byScore, from: "leads", where: "status = \("new")")
    }
    for query in [
      "zoë", "zo", "solutions", "sol", "com", "e", "lovelace1", "lovelace", "lovelace100", "acme7",
      "4151000042", "0042", "ada lov", "nothing", "lovelace.42@example.com",
    ] {
      try await measure("search \(query)") { try await search(store, query) }
    }
    try await measure("search sol by score") { try await search(store, "sol", by: byScore) }
    try await measure("search acme7 by score") { try await search(store, "acme7", by: byScore) }
  }

  private static func load(_ store: Store) async throws {
    let start = ContinuousClock.now
    for first in stride(from: 0, to: leads, by: 100) {
      try await store.write(tenant, as: Author(actor: "system:benchmark")) { transaction in
        for number in first..<(first + 100) {
          try BenchmarkLead(number).insertSearchable(transaction)
        }
      }
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    print("loaded \(leads) searchable leads in \(Text.rounded(seconds)) s")
  }

  private static func page(
    _ store: Store,
    by keyset: Keyset,
    from source: SQL,
    where condition: SQL
  ) async throws -> Int {
    try await store.read(tenant) { transaction in
      try rows(transaction, by: keyset, from: source, where: condition)
    }
  }

  private static func search(
    _ store: Store,
    _ query: String,
    by order: Keyset? = nil
  ) async throws -> Int {
    try await store.read(tenant) { transaction in
      guard let matches = try BenchmarkLead.index.matches(query, in: transaction) else { return 0 }
      if let order {
        return try rows(transaction, by: order, from: "leads", where: matches.contains("leads.id"))
      }
      return try rows(
        transaction,
        by: SearchMatches.newestFirst,
        from: "\(matches.found) CROSS JOIN leads",
        where: "leads.id = found.id"
      )
    }
  }

  private nonisolated static func rows(
    _ transaction: ReadTransaction,
    by keyset: Keyset,
    from source: SQL,
    where condition: SQL
  ) throws -> Int {
    try transaction.page(
      columns,
      from: source,
      where: condition,
      by: keyset,
      try PageRequest(size: 50, token: ""),
      bound: []
    ) { row in
      (
        try row.next(ID<BenchmarkLead.Kind>.self), try row.next(String.self),
        try row.next(String.self), try row.next(String.self)
      )
    }.elements.count
  }

  private static func measure(_ name: String, _ body: () async throws -> Int) async throws {
    var times: [Duration] = []
    var count = 0
    for _ in 0..<samples {
      let start = ContinuousClock.now
      count = try await body()
      times.append(start.duration(to: .now))
    }
    times.sort()
    let p50 = times[samples / 2] / .milliseconds(1)
    let p99 = times[samples * 99 / 100] / .milliseconds(1)
    print("\(name): \(count) rows, p50 \(Text.rounded(p50)) ms, p99 \(Text.rounded(p99)) ms")
  }
}
