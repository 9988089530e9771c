import MeshCore

/// The tables of the text index, and how words are kept in them.
///
/// `mesh_documents` has each document's words; `mesh_search` (FTS5 on SQLite, a tsvector on PostgreSQL) finds
/// its row numbers by word. A word is indexed behind the mark of its tenant and kind of resource, so that neither the
/// search for a word nor for its beginning meets another's documents. The marks are short; should two
/// tenants share one, that costs time but shows nothing, since rows are taken from `mesh_documents`
/// by tenant.
enum SearchTables {
  /// The index: it holds nothing that could be read but row numbers.
  static let index = "mesh_search"
  static let documents = "mesh_documents"
  /// Tests a document's words; see `SearchMatching`.
  static let matches = "mesh_matches"

  /// Names that statements may contain which the store takes part in writing.
  static let readable: Set = [index, documents, matches, "mesh_month"]

  static func script(_ dialect: Dialect) -> String {
    """
    CREATE TABLE mesh_documents (
      entry \(dialect.sequenceColumn),
      tenant_id BYTEA NOT NULL,
      object TEXT NOT NULL,
      document_id BYTEA NOT NULL,
      words TEXT NOT NULL
    );
    CREATE UNIQUE INDEX mesh_documents_id ON mesh_documents (tenant_id, object, document_id);
    CREATE INDEX mesh_documents_newest ON mesh_documents (tenant_id, object, entry);
    \(dialect.searchIndex)
    """
  }

  /// What documents have got since: whether the index has the parts of their words, too.
  static func partsScript(_ dialect: Dialect) -> String {
    """
    ALTER TABLE mesh_documents ADD COLUMN has_parts BOOLEAN NOT NULL DEFAULT FALSE;
    CREATE INDEX mesh_documents_partless ON mesh_documents (tenant_id, object) WHERE NOT has_parts;
    \(dialect.partIndex)
    """
  }

  /// The mark of a tenant's documents of one kind: ten letters and digits.
  static func mark(_ tenant: TenantID, _ object: String) -> String {
    mark(hash(tenant, object))
  }

  /// The mark of the parts of their words.
  static func partMark(_ tenant: TenantID, _ object: String) -> String {
    mark(hash(tenant, object + "/parts"))
  }

  /// Parts of words as numbers, of which other tenants and kinds have others as a rule.
  static func numbers(_ codes: [UInt16], _ tenant: TenantID, _ object: String) -> [Int32] {
    let mark = UInt32(truncatingIfNeeded: hash(tenant, object)) << 16
    return codes.map { Int32(bitPattern: mark | UInt32($0)) }
  }

  /// FNV-1a, over what is random in the id and the name of the kind.
  private static func hash(_ tenant: TenantID, _ object: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in tenant.bytes + Array(object.utf8) {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return hash
  }

  private static func mark(_ hash: UInt64) -> String {
    let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
    let text = (0..<10).map { digits[Int(hash >> (5 * UInt64($0)) & 31)] }
    return String(decoding: text, as: UTF8.self)
  }
}

/// A change to the words of a document, made in the index when its batch is committed.
///
/// FTS5 writes what it has gathered at every savepoint. Gathered over a batch instead, a commit costs
/// one write to the index, however many documents are in it.
struct SearchUpdate {
  /// Nil for a new document.
  let before: IndexedDocument?
  /// Nil when the document goes.
  let after: IndexedDocument?

  func apply(to connection: some StoreConnection) throws {
    if let before, let statement = connection.dialect.unindex(before, after == nil) {
      try connection.post(statement, isOwn: true) { (_) throws(StoreError) in }
    }
    if let after {
      try connection.post(connection.dialect.index([after]), isOwn: true) {
        (_) throws(StoreError) in
      }
    }
  }
}
