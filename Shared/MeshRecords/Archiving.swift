import MeshAccess
import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC

// Records that are archived rather than deleted: those with a bool field `archived`. They stay readable, but no
// other record can newly refer to them.

extension RecordMessage {
  /// Whether it is archived; false for kinds that cannot be archived.
  package var isArchived: Bool {
    Self.schema["archived"].map { value(of: $0) == .bool(true) } ?? false
  }

  /// The record, archived or not.
  func archived(_ isArchived: Bool) -> Self {
    var record = self
    if let field = Self.schema["archived"] { record.set(field, to: .bool(isArchived)) }
    return record
  }
}

extension Records {
  /// Archives or unarchives a record for a caller who may archive it.
  ///
  /// - Returns: the record as the caller may see it.
  /// - Throws: NOT_FOUND, PERMISSION_DENIED; ABORTED for a stale etag.
  @LoopActor
  package func archive<Request: Message>(
    _ id: String,
    _ isArchived: Bool,
    etag: String,
    _ request: Request,
    key: String,
    _ call: Call
  ) async throws -> Record {
    try await change(
      id,
      action: isArchived ? "archive" : "unarchive",
      request,
      key: key,
      etag: Etag(sent: etag),
      permission: RecordAction("archive"),
      call
    ) { $0.archived(isArchived) }
  }
}
