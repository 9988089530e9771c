package import MeshCore
package import MeshStore

/// The places that records of a kind have been in, one after the other, such as stages.
///
/// A table of the service has a row for each time that a record was in one, with the columns record_id, number,
/// those that say where, enter_time, leave_time (NULL where it is now) and moved_by.
package struct Visits: Sendable {
  let table: String
  /// The columns that say where.
  let columns: [String]

  /// - Parameters:
  ///   - table: of the service.
  ///   - columns: that say where a record was, such as pipeline_id and stage.
  package init(in table: String, at columns: String...) {
    self.table = table
    self.columns = columns
  }
}

/// One time that a record was in a place.
package struct Visit<Place: Sendable>: Sendable {
  package let place: Place
  package let enterTime: Timestamp
  /// nil where it is now.
  package let leaveTime: Timestamp?
  /// Who moved it there, as the change log names them.
  package let movedBy: String

  /// How long it was there, by `now`.
  package func seconds(at now: Timestamp) -> Int64 {
    ((leaveTime ?? now) - enterTime).components.seconds
  }
}

extension WriteTransaction {
  /// Notes that a record came into a place now; one that comes back to life is where it was.
  ///
  /// - Parameters:
  ///   - record: its id.
  ///   - place: a value for each column that says where.
  ///   - visits: of its kind.
  ///   - isNew: whether it has not been anywhere yet.
  /// - Throws: `StoreError`.
  package func noteVisit(
    of record: IDWords,
    at place: [SQLValue],
    _ visits: Visits,
    isNew: Bool
  ) throws {
    let table = SQL(name: visits.table)
    let columns = visits.columns.map { SQL(name: $0) }
    var number: Int64 = 1
    if !isNew {
      let isThere = zip(columns, place).map { "\($0) = \($1)" as SQL }.joined(by: " AND ")
      let last = try first(
        """
        SELECT number, CASE WHEN \(isThere) THEN 1 ELSE 0 END FROM \(table)
        WHERE record_id = \(record.bytes) ORDER BY number DESC LIMIT 1
        """
      ) { row in (number: try row.next(Int64.self), isThere: try row.next(Int.self) == 1) }
      if last?.isThere == true { return }
      number = (last?.number ?? 0) + 1
      try post(
        """
        UPDATE \(table) SET leave_time = \(now)
        WHERE record_id = \(record.bytes) AND number = \(number - 1)
        """
      )
    }
    try post(
      """
      INSERT INTO \(table)
      (record_id, number, \(columns.joined(by: ", ")), enter_time, moved_by)
      VALUES (\(record.bytes), \(number), \(list: place), \(now), \(author.actor))
      """
    )
  }
}

extension ReadTransaction {
  /// The places that a record has been in last, by the text in one of the columns that say where.
  ///
  /// - Parameters:
  ///   - column: with the texts.
  ///   - record: its id; nil gives none.
  ///   - visits: of its kind.
  ///   - condition: of the times that count.
  /// - Returns: up to 100, the last one first.
  /// - Throws: `StoreError`.
  package func lastPlaces<Kind>(
    _ column: String,
    of record: ID<Kind>?,
    _ visits: Visits,
    where condition: SQL
  ) throws -> [String] {
    try rows(
      """
      SELECT \(SQL(name: column)) FROM \(SQL(name: visits.table))
      WHERE record_id = \(record) AND \(condition) ORDER BY number DESC LIMIT 100
      """
    ) { row in try row.next(String.self) }
  }

  /// A page of the places that a record has been in, oldest first.
  ///
  /// - Parameters:
  ///   - record: its id.
  ///   - visits: of its kind.
  ///   - request: which page.
  ///   - read: reads the columns that say where.
  /// - Returns: as many as the request asks for, and how to go on.
  /// - Throws: INVALID_ARGUMENT for a page token of another list; `StoreError`.
  package func visits<Place: Sendable>(
    of record: IDWords,
    _ visits: Visits,
    _ request: PageRequest,
    _ read: (inout Row) throws -> Place
  ) throws -> Page<Visit<Place>> {
    let columns = visits.columns.map { SQL(name: $0) }.joined(by: ", ")
    return try page(
      "\(columns), enter_time, leave_time, moved_by",
      from: SQL(name: visits.table),
      where: "record_id = \(record.bytes)",
      by: Keyset([], unique: "number"),
      request,
      bound: [visits.table, record.typeIDSuffix]
    ) { row in
      Visit(
        place: try read(&row),
        enterTime: try row.next(),
        leaveTime: try row.next(Timestamp?.self),
        movedBy: try row.next()
      )
    }
  }
}
