import CSQLite

/// The tables of the text index.
enum SearchTables {
  /// The FTS5 table: token lists by row number, and nothing else that could be read.
  static let index = "mesh_search"

  static func script(_ dialect: Dialect) -> String {
    """
    CREATE TABLE mesh_documents (
      entry \(dialect.sequenceColumn),
      tenant_id BYTEA NOT NULL,
      object TEXT NOT NULL,
      document_id BYTEA NOT NULL,
      tokens TEXT NOT NULL
    );
    CREATE UNIQUE INDEX mesh_documents_id ON mesh_documents (tenant_id, object, document_id);
    CREATE INDEX mesh_documents_newest ON mesh_documents (tenant_id, object, entry);
    CREATE VIRTUAL TABLE mesh_search USING fts5(
      tokens, content='', detail=none, columnsize=0, tokenize='ascii'
    );
    """
  }
}
