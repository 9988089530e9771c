/// Prepared statements by their text, the least recently used of which make room for others.
struct StatementCache {
  struct Key: Hashable {
    let text: String
    let namesStoreTables: Bool
    /// Whether the store wrote the statement, which then is not confined.
    let isOwn: Bool

    init(_ sql: SQL, isOwn: Bool) {
      text = sql.text
      namesStoreTables = sql.namesStoreTables
      self.isOwn = isOwn
    }
  }

  /// Filters that people write make texts without end; everything else stays.
  static let capacity = 512

  private var statements: [Key: SQLiteStatement] = [:]
  private var uses: UInt64 = 0

  var count: Int { statements.count }

  /// The statement of `key`, unless there is none or it is in the middle of a result.
  mutating func statement(_ key: Key) -> SQLiteStatement? {
    guard let statement = statements[key], !statement.isRunning else { return nil }
    uses += 1
    statement.lastUse = uses
    return statement
  }

  /// Keeps `statement` for the next use of its text.
  mutating func insert(_ statement: SQLiteStatement, _ key: Key) {
    // The one in use stays; the second one of the same text is dropped after its use.
    guard statements[key] == nil else { return }
    if statements.count >= Self.capacity { evict() }
    uses += 1
    statement.lastUse = uses
    statements[key] = statement
  }

  mutating func removeAll() { statements = [:] }

  /// Drops the older half, so that a run of new texts does not sort the cache for each.
  private mutating func evict() {
    let median = statements.values.map(\.lastUse).sorted()[statements.count / 2]
    statements = statements.filter { $0.value.lastUse >= median || $0.value.isRunning }
  }
}
