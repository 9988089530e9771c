package import MeshCore
package import MeshStore

/// The places that records of a kind have been in, one after another, such as stages.
///
/// A table of the service has a row for each visit, with the columns record_id, number, those of the place,
/// enter_time, leave_time (NULL while it is there) and moved_by.
package struct Visits: Sendable {
  let table: String
  /// The columns of the place.
  let columns: [String]

  /// - Parameters:
  ///   - table: of the service.
  ///   - columns: of the place, such as pipeline_id and stage.
  package init(in table: String, at columns: String...) {
    self.table = table
    self.columns = columns
  }
}

/// One stay of a record in a place.
package struct Visit<Place: Sendable>: Sendable {
  package let place: Place
  package let enterTime: Timestamp
  /// nil while it is there.
  package let leaveTime: Timestamp?
  /// The author who moved it there, as the change log names them.
  package let movedBy: String

  /// How long it was there, up to `now`.
  package func seconds(at now: Timestamp) -> Int64 {
    ((leaveTime ?? now) - enterTime).components.seconds
  }
}

extension WriteTransaction {
  /// Notes that a record has entered a place; a restored record that is still in its last place has no new visit.
  ///
  /// - Parameters:
  ///   - record: its id.
  ///   - place: a value for each column of the place.
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
  /// The last places that a record has been in, by the text in one of the place's columns.
  ///
  /// - Parameters:
  ///   - column: with the texts.
  ///   - record: its id; nil yields none.
  ///   - visits: of its kind.
  ///   - condition: on the visits that count.
  /// - Returns: up to 100, the latest first.
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
  ///   - read: reads the columns of the place.
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
