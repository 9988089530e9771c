package import MeshCore
package import MeshProto
package import MeshRPC
package import MeshStore

// Records that follow another record of their service: when that one changes, the rules check them again in the
// background.

/// Records that may follow one change.
private let mostFollowing = 100_000

extension RecordMessage {
  /// The operation in which other records follow the present version of this one, if there is one.
  package var followID: IDWords? {
    guard let id = recordID, let version = etag?.version else { return nil }
    return IDWords(high: id.high, low: id.low ^ UInt64(bitPattern: version))
  }
}

extension Records {
  /// Starts the operation in which other records follow the present version of a record, if there is one.
  package func announceFollowers(of record: Record, _ call: Call) {
    if let operation = record.followID { followers?.announce(call.tenant, operation) }
  }
}

extension WriteTransaction {
  /// Makes records follow a record that they refer to; `Records` announces the operation once it is durable.
  ///
  /// Until their turn comes, they stay as they are.
  ///
  /// - Parameters:
  ///   - leader: the record, as it is now.
  ///   - draft: has the value by which they refer to it.
  ///   - mask: the field of that value.
  ///   - condition: which records follow.
  /// - Throws: FAILED_PRECONDITION for more than 100,000 records; `StoreError`.
  package func follow<Record: StoredRecord>(
    _ leader: some RecordMessage,
    _ draft: Record,
    mask: String,
    where condition: SQL
  ) throws {
    guard let operation = leader.followID else { return }
    try begin(operation, draft, mask: [mask], where: condition)
  }

  /// Has the rules check records again as they are; the operation begins within seconds.
  ///
  /// - Parameters:
  ///   - kind: of the records.
  ///   - condition: which of them.
  /// - Throws: as `follow`.
  func checkAgain<Record: StoredRecord>(_ kind: Record.Type, where condition: SQL) throws {
    try begin(ids.nextWords(), Record(), mask: [], where: condition)
  }

  /// Begins an operation of the service.
  private func begin<Record: StoredRecord>(
    _ operation: IDWords,
    _ draft: Record,
    mask: [String],
    where condition: SQL
  ) throws {
    let schema = Record.schema
    let followers = try rows(
      """
      SELECT id FROM \(SQL(name: schema.table)) WHERE \(condition)
      ORDER BY id LIMIT \(mostFollowing + 1)
      """
    ) { row in try row.next(IDWords.self) }
    guard followers.count <= mostFollowing else {
      let records = schema.object.split(separator: "_").joined(separator: " ")
      throw MeshError.failedPrecondition(
        "more than \(mostFollowing) \(records)s would have to follow this change; change less at once"
      )
    }
    if followers.isEmpty { return }
    var following = BulkOperation(
      id: operation,
      object: schema.object,
      action: .update,
      mask: mask,
      draft: draft.wireBytes(),
      author: systemAuthor,
      roles: [],
      createTime: now
    )
    following.total = followers.count
    try add(following, on: followers)
  }
}
