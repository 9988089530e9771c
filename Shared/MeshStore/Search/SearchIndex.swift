package import MeshCore

/// Finds a tenant's resources of one kind by the words in them.
package struct SearchIndex: Sendable {
  private let object: String

  /// - Parameter object: the kind of resource: `lead`.
  package init(object: String) { self.object = object }

  // MARK: Writing

  /// Indexes the resource `id` under `text`, instead of what it was indexed under before.
  package func put<Kind>(
    _ id: ID<Kind>,
    _ text: SearchText,
    in transaction: WriteTransaction
  ) throws {
    let words = SearchMatching.document(text.words)
    let session = transaction.session
    let kept = try kept(id, transaction)
    if kept?.words == words { return }
    let entry: Int64?
    if let kept {
      try session.runOwn(
        "UPDATE main.mesh_documents SET words = \(words) WHERE entry = \(kept.entry)"
      )
      entry = kept.entry
    } else {
      entry = try session.firstOwn(
        """
        INSERT INTO main.mesh_documents (tenant_id, object, document_id, words)
        VALUES (\(transaction.tenant), \(object), \(id), \(words)) RETURNING entry
        """
      ) { row in try row.next() }
    }
    update(entry ?? 0, before: kept?.words, after: words, transaction)
  }

  /// Takes the resource `id` out of the index.
  package func remove<Kind>(_ id: ID<Kind>, in transaction: WriteTransaction) throws {
    guard let kept = try kept(id, transaction) else { return }
    try transaction.session.runOwn("DELETE FROM main.mesh_documents WHERE entry = \(kept.entry)")
    update(kept.entry, before: kept.words, after: nil, transaction)
  }

  private func kept<Kind>(
    _ id: ID<Kind>,
    _ transaction: WriteTransaction
  ) throws -> (entry: Int64, words: String)? {
    try transaction.session.firstOwn(
      """
      SELECT entry, words FROM main.mesh_documents
      WHERE tenant_id = \(transaction.tenant) AND object = \(object) AND document_id = \(id)
      """
    ) { row in (entry: try row.next(), words: try row.next()) }
  }

  private func update(
    _ entry: Int64,
    before: String?,
    after: String?,
    _ transaction: WriteTransaction
  ) {
    let mark = SearchTables.mark(transaction.tenant, object)
    transaction.session.note(
      SearchUpdate(entry: entry, mark: mark, before: before, after: after)
    )
  }

  // MARK: Asking

  /// So many of the newest documents are looked at to tell a common word from a rare one.
  private static let sampleSize = 500
  /// A word in more than one of so many documents is common.
  private static let commonness = 20

  /// How to find what `text` asks for; nil when it has no words and so excludes nothing.
  ///
  /// Every word must be in the document, the last one and numbers at least as a beginning.
  package func matches(_ text: String, in transaction: ReadTransaction) throws -> SearchMatches? {
    let query = SearchQuery(text)
    if query.words.isEmpty { return nil }
    let patterns = SearchMatching.patterns(query)
    if try isCommon(patterns, transaction) {
      return SearchMatches(object: object, source: .scan(patterns))
    }
    let mark = SearchTables.mark(transaction.tenant, object)
    let words = query.words.map { "\"\(mark)\($0.text)\"" + ($0.isPrefix ? " *" : "") }
    return SearchMatches(object: object, source: .index(words.joined(separator: " ")))
  }

  /// Whether going through the newest documents finds a page sooner than the index does.
  ///
  /// The index must gather all documents of a word's beginning before it can give the newest; a
  /// common one is met often enough along the way. Few documents are always gone through.
  private func isCommon(_ patterns: String, _ transaction: ReadTransaction) throws -> Bool {
    let sample = try transaction.session.firstOwn(
      """
      SELECT count(*), coalesce(sum(mesh_matches(words, \(patterns))), 0) FROM (
        SELECT words FROM main.mesh_documents
        WHERE tenant_id = \(transaction.tenant) AND object = \(object)
        ORDER BY entry DESC LIMIT \(Self.sampleSize)
      ) AS newest
      """
    ) { row in (size: try row.next(Int.self), hits: try row.next(Int.self)) }
    guard let sample, sample.size == Self.sampleSize else { return true }
    return sample.hits * Self.commonness >= sample.size
  }
}

/// The documents that a search finds, for use in a statement.
package struct SearchMatches: Sendable {
  enum Source: Sendable {
    /// Go through the documents and test each for these patterns.
    case scan(String)
    /// Ask the index for this expression.
    case index(String)
  }

  let object: String
  let source: Source

  /// A table `found (id, entry)`, for FROM: the ids of the documents, and numbers that grow with
  /// them.
  ///
  /// Join it by `CROSS JOIN` and a condition on `found.id`, and it is read in order.
  package var found: SQL {
    switch source {
    case .scan(let patterns):
      SQL(
        namingStoreTables: """
          (SELECT d.document_id AS id, d.entry AS entry FROM mesh_documents AS d
          WHERE d.object = \(object) AND mesh_matches(d.words, \(patterns))) AS found
          """
      )
    case .index(let expression):
      SQL(
        namingStoreTables: """
          (SELECT d.document_id AS id, f.rowid AS entry
          FROM mesh_search AS f CROSS JOIN mesh_documents AS d
          WHERE d.entry = f.rowid AND d.object = \(object) AND f.mesh_search MATCH \(expression)
          ) AS found
          """
      )
    }
  }

  /// Newest first: in the order in which resources were first indexed, for a list over `found`.
  package static let newestFirst = Keyset(descending: "found.entry")

  /// Whether the resource whose id is `column` is found; for lists in any other order.
  package func contains(_ column: SQL) -> SQL {
    switch source {
    case .scan(let patterns):
      SQL(
        namingStoreTables: """
          EXISTS (SELECT 1 FROM mesh_documents AS d WHERE d.object = \(object)
          AND d.document_id = \(column) AND mesh_matches(d.words, \(patterns)))
          """
      )
    case .index:
      SQL(namingStoreTables: "\(column) IN (SELECT found.id FROM \(found))")
    }
  }
}
