import MeshAccess
import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC

// Records that are archived rather than deleted: those that have a bool `archived`. They stay readable, and
// nothing new can name them.

extension RecordMessage {
  /// Whether it was taken out of daily work; never true of a kind that is not archived.
  package var isArchived: Bool {
    Self.schema["archived"].map { value(of: $0) == .bool(true) } ?? false
  }

  /// The record as it is in daily work, or out of it.
  func archived(_ isArchived: Bool) -> Self {
    var record = self
    if let field = Self.schema["archived"] { record.set(field, to: .bool(isArchived)) }
    return record
  }
}

extension Records {
  /// Takes a record out of daily work, or back into it, for who may archive it.
  ///
  /// - Returns: the record as the caller may see it.
  /// - Throws: NOT_FOUND, PERMISSION_DENIED; ABORTED for an etag that is not the present one.
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
