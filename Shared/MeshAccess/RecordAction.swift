/// What is done with single records: what every kind can have, and the verbs of an object's own.
package struct RecordAction: Hashable, Sendable {
  package static let create = RecordAction("create")
  package static let read = RecordAction("read")
  package static let edit = RecordAction("edit")
  package static let delete = RecordAction("delete")
  /// To take records away in a file; those that may be read, too.
  package static let export = RecordAction("export")

  /// What may be done with a record of any kind.
  package static let common = [read, edit, delete, export]

  /// As permissions name it.
  package let rawValue: String

  package init(_ rawValue: String) { self.rawValue = rawValue }
}
