package import MeshCore

/// Finds a tenant's resources of one kind by the words in them.
package struct SearchIndex: Sendable {
  private let object: String

  /// - Parameter object: the kind of resource: `lead`.
  package init(object: String) { self.object = object }

  // MARK: Writing

  /// Indexes the resource `id` under `text`, instead of what it was indexed under before.
  package func put(
    _ id: IDWords,
    _ text: SearchText,
    in transaction: WriteTransaction
  ) throws {
    let words = SearchMatching.document(text.words)
    let hasParts = !text.isCut
    guard let kept = try kept(id, transaction) else { return try add(id, text, in: transaction) }
    if kept.words == words, kept.hasParts == hasParts { return }
    let session = transaction.session
    try session.postOwn(
      """
      UPDATE main.mesh_documents SET words = \(words), has_parts = \(hasParts)
      WHERE entry = \(kept.entry)
      """
    )
    var document = kept
    document.words = words
    document.hasParts = hasParts
    session.note(SearchUpdate(before: kept, after: document))
  }

  /// Indexes a resource that was not in the index.
  package func add(
    _ id: IDWords,
    _ text: SearchText,
    in transaction: WriteTransaction
  ) throws {
    let words = SearchMatching.document(text.words)
    let (session, tenant, object, hasParts) = (
      transaction.session, transaction.tenant, object, !text.isCut
    )
    try session.postOwn(
      """
      INSERT INTO main.mesh_documents (tenant_id, object, document_id, words, has_parts)
      VALUES (\(tenant), \(object), \(id.bytes), \(words), \(hasParts))
      RETURNING entry
      """
    ) { (row) throws(StoreError) in
      let document = IndexedDocument(
        entry: try row.next(),
        tenant: tenant,
        object: object,
        words: words,
        hasParts: hasParts
      )
      session.note(SearchUpdate(before: nil, after: document))
    }
  }

  /// Takes the resource `id` out of the index.
  package func remove(_ id: IDWords, in transaction: WriteTransaction) throws {
    guard let kept = try kept(id, transaction) else { return }
    try transaction.session.runOwn("DELETE FROM main.mesh_documents WHERE entry = \(kept.entry)")
    transaction.session.note(SearchUpdate(before: kept, after: nil))
  }

  private func kept(
    _ id: IDWords,
    _ transaction: WriteTransaction
  ) throws -> IndexedDocument? {
    try transaction.session.firstOwn(
      """
      SELECT entry, words, has_parts FROM main.mesh_documents
      WHERE tenant_id = \(transaction.tenant) AND object = \(object) AND document_id = \(id.bytes)
      """
    ) { row in
      IndexedDocument(
        entry: try row.next(),
        tenant: transaction.tenant,
        object: object,
        words: try row.next(),
        hasParts: try row.next()
      )
    }
  }

  // MARK: Asking

  /// How to find what `text` asks for; nil when it is blank and so excludes nothing.
  ///
  /// Every word must be in the document, the last one and numbers at least as a beginning.
  ///
  /// - Parameters:
  ///   - text: what someone typed.
  ///   - few: the only resources whose documents are read; nil for all of the tenant's.
  ///   - transaction: of the tenant.
  /// - Returns: what gives the statement's parts.
  /// - Throws: when the store fails.
  package func matches(
    _ text: String,
    among few: [IDWords]? = nil,
    in transaction: ReadTransaction
  ) throws -> SearchMatches? {
    let query = SearchQuery(text)
    if query.words.isEmpty { return nil }
    if let few {
      return SearchMatches(
        object: object,
        patterns: SearchMatching.patterns(query),
        indexed: [],
        isExact: false,
        few: few,
        dialect: transaction.session.connection.dialect
      )
    }
    let sample = try SearchSample(query.words.map(SearchMatching.pattern), of: object, transaction)
    let indexed = sample.indexedWords(of: query)
    let mark = SearchTables.mark(transaction.tenant, object)
    let words = indexed.map { SearchQuery.Word(text: mark + $0.text, isPrefix: $0.isPrefix) }
    return SearchMatches(
      object: object,
      patterns: SearchMatching.patterns(query),
      indexed: words,
      isExact: indexed.count == query.words.count,
      dialect: transaction.session.connection.dialect
    )
  }

  /// The resources whose words have pieces of texts in them, for a condition that none but these satisfy.
  ///
  /// - Parameters:
  ///   - pieces: as `SearchText.pieces` gives them.
  ///   - transaction: of the tenant.
  /// - Returns: a query for their ids, each once; nil when going through the resources is sooner done.
  /// - Throws: when the store fails.
  package func mayContain(_ pieces: [String], in transaction: ReadTransaction) throws -> SQL? {
    if pieces.isEmpty { return nil }
    let sample = try SearchSample(pieces, of: object, transaction)
    guard sample.isRare else { return nil }
    let patterns = pieces.joined(separator: "\n")
    let found = transaction.session.connection.dialect.foundByParts(
      SearchParts.sample(of: pieces),
      transaction.tenant,
      object,
      "d.has_parts AND mesh_matches(d.words, \(patterns)) = 1"
    )
    // The + keeps SQLite from looking for documents by an id that records must come after.
    return SQL(
      namingStoreTables: """
        SELECT found.id AS id FROM \(found) UNION ALL SELECT +d.document_id
        FROM mesh_documents AS d WHERE d.object = \(object) AND NOT d.has_parts
        """
    )
  }
}

/// How often the words of a query are in the newest documents, which tells common words from rare
/// ones.
///
/// The index gives the documents of a word newest first, but for a word's beginning it must gather
/// all of them before. Going through the documents themselves is sooner done when a page's worth of
/// matches is met along the way.
private struct SearchSample {
  private static let size = 500
  /// A word in more than one of so many documents is common.
  private static let commonWord = 10
  /// A page of all the words together is met soon if they are in one of so many documents.
  private static let commonQuery = 100
  /// The same of pieces of words, for which the index has more to gather.
  private static let commonParts = 20

  private let documents: Int
  /// Documents with all the words.
  private let hits: Int
  /// Documents with each word.
  private let wordHits: [Int]

  init(_ patterns: [String], of object: String, _ transaction: ReadTransaction) throws {
    let each = patterns.map { pattern in
      ", coalesce(sum(mesh_matches(words, \(pattern))), 0)" as SQL
    }
    let all = patterns.joined(separator: "\n")
    // A range of one object is in the order of mesh_documents_newest alone: of the table's own order, which = would
    // allow, PostgreSQL expects the tenant's documents soon, and goes back through those of all others.
    let counts: SQL = """
      SELECT count(*), coalesce(sum(mesh_matches(words, \(all))), 0)
        \(each.joined(by: " "))
      FROM (
        SELECT words FROM main.mesh_documents
        WHERE tenant_id = \(transaction.tenant) AND object >= \(object) AND object <= \(object)
        ORDER BY object DESC, entry DESC LIMIT \(Self.size)
      ) AS newest
      """
    let sample = try transaction.session.firstOwn(counts) { row in
      (
        documents: try row.next(Int.self), hits: try row.next(Int.self),
        wordHits: try patterns.map { _ in try row.next(Int.self) }
      )
    }
    documents = sample?.documents ?? 0
    hits = sample?.hits ?? 0
    wordHits = sample?.wordHits ?? []
  }

  /// Whether the index is to be asked for what is inside of words.
  var isRare: Bool { documents == Self.size && hits * Self.commonParts < documents }

  /// The words to ask the index for; none when going through the documents is sooner done.
  func indexedWords(of query: SearchQuery) -> [SearchQuery.Word] {
    guard documents == Self.size else { return [] }
    let rare = zip(query.words, wordHits).filter { $0.1 * Self.commonWord < documents }.map(\.0)
    if !rare.isEmpty { return rare }
    if hits * Self.commonQuery >= documents { return [] }
    // Common words that are rarely together: the index need not gather whole ones.
    let whole = query.words.filter { !$0.isPrefix }
    return whole.isEmpty ? query.words : whole
  }
}

/// The documents that a search finds, for use in a statement.
package struct SearchMatches: Sendable {
  let object: String
  /// What each document is tested for.
  let patterns: String
  /// What the index is asked for first, with the tenant's mark; none to go through all documents.
  let indexed: [SearchQuery.Word]
  /// Whether the index alone says which documents they are: it was asked for every word.
  let isExact: Bool
  /// The resources whose documents are tested; nil for all.
  var few: [IDWords]?
  let dialect: Dialect

  /// A table `found (id, entry)`, for FROM: the ids of the documents, and numbers that grow with
  /// them.
  ///
  /// Join it by `CROSS JOIN` and a condition on `found.id`, and it is read in order.
  package var found: SQL {
    if let few {
      // As a CASE: PostgreSQL would test the documents of others, too, before it joins.
      return SQL(
        namingStoreTables: """
          (SELECT d.document_id AS id, d.entry AS entry FROM \(SQL.few(few))
          CROSS JOIN mesh_documents AS d WHERE d.object = \(object) AND d.document_id = few.id
          AND CASE WHEN d.document_id = few.id THEN \(isCommon) ELSE FALSE END) AS found
          """
      )
    }
    if indexed.isEmpty {
      return SQL(
        namingStoreTables: """
          (SELECT d.document_id AS id, d.entry AS entry FROM mesh_documents AS d
          WHERE d.object = \(object) AND \(isCommon)) AS found
          """
      )
    }
    let tested: SQL = "mesh_matches(d.words, \(patterns)) = 1"
    return SQL(namingStoreTables: dialect.found(indexed, object, isExact ? "TRUE" : tested))
  }

  /// The test where many documents pass it: PostgreSQL expects more of `>` than of `=`, and then goes through
  /// documents until there are enough.
  private var isCommon: SQL { "mesh_matches(d.words, \(patterns)) > 0" }

  /// Reads as much as a list's first page needs: the documents on it, and how many there are.
  ///
  /// - Parameters:
  ///   - size: documents to keep, from the newest.
  ///   - limit: documents to count.
  ///   - transaction: of the tenant.
  /// - Returns: the same table as `found`, of the documents kept, and the count.
  /// - Throws: when the store fails.
  package func newest(
    _ size: Int,
    countingTo limit: Int,
    in transaction: ReadTransaction
  ) throws -> (found: SQL, count: Int) {
    var count = 0
    var rows: [SQL] = []
    try transaction.forEach(
      "SELECT found.entry, found.id FROM \(found) ORDER BY found.entry DESC LIMIT \(limit)"
    ) { row in
      count += 1
      if count <= size {
        let (entry, id) = (try row.next(Int64.self), try row.next([UInt8].self))
        rows.append("(\(entry), \(id))")
      }
      return true
    }
    if rows.isEmpty { rows = ["(CAST(NULL AS BIGINT), CAST(NULL AS BYTEA))"] }
    let found: SQL = """
      (SELECT column1 AS entry, column2 AS id FROM (VALUES \(rows.joined(by: ", "))) AS kept) AS found
      """
    return (found, count)
  }

  /// Newest first: in the order in which resources were first indexed, for a list over `found`.
  package static let newestFirst = Keyset(descending: "found.entry")

  /// Whether the resource whose id is `column` is found; for lists in any other order.
  package func contains(_ column: SQL) -> SQL {
    if !indexed.isEmpty || few != nil {
      return SQL(namingStoreTables: "\(column) IN (SELECT found.id FROM \(found))")
    }
    return SQL(
      namingStoreTables: """
        EXISTS (SELECT 1 FROM mesh_documents AS d WHERE d.object = \(object)
        AND d.document_id = \(column) AND \(isCommon))
        """
    )
  }
}
