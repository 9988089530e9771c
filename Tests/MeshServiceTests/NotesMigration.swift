import MeshStore

extension Migration {
  /// A table in which reactions of tests note what they were given.
  static let notes = Migration(
    "m0001_create_notes",
    Array(
      """
      CREATE TABLE notes (
        tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
        place BIGINT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (tenant_id, place)
      );
      """.utf8
    )
  )
}
