/// An action with single records: one that every kind can have, or an object's own verb.
package struct RecordAction: Hashable, Sendable {
  package static let create = RecordAction("create")
  package static let read = RecordAction("read")
  package static let edit = RecordAction("edit")
  package static let delete = RecordAction("delete")
  /// Exporting records to a file; only those that may also be read.
  package static let export = RecordAction("export")

  /// The actions that any kind of record can have.
  package static let common = [read, edit, delete, export]

  /// Its name in permissions.
  package let rawValue: String

  package init(_ rawValue: String) { self.rawValue = rawValue }
}
