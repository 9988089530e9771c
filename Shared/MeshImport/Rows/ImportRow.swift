import MeshCore
package import MeshPhone
import MeshProto
package import MeshRecords
import MeshTables

/// A row of a file, before the record's rules are applied.
package struct ImportRow<Record: StoredRecord>: Sendable {
  let line: Int
  /// The identity that its id gives it; nil when it has none that can be trusted.
  let idKey: RowKey?
  /// The identities that other forms of that id give it.
  var otherIDKeys: [RowKey] = []
  /// The identity that all of its values give it.
  let valuesKey: RowKey
  package internal(set) var draft: Record
  /// The names of the fields that it fills.
  var filled: Set<String>
  /// Why it is refused; empty unless it is.
  let violations: [FieldViolation]
  var remarks: [RowRemark]
  package let source: ImportSource
  /// Its values as they are in the file, with those beyond the last column.
  let values: [String]
}

/// The parts of a row that fit no field as they are.
package struct ImportSource: Sendable {
  /// The row's id in the source system; empty when no column has one.
  package let externalID: String
  /// Whether the id is one that records have here: then the row is of an export of ours.
  let isOwn: Bool
  /// What such a row says that a record here has by itself, as lines for the description of a new one.
  var notes: [String] = []
  /// The texts by which columns refer to other records, by field.
  package internal(set) var names: [String: String] = [:]
  /// What further columns say of the same, in their order: tried where the text before names nothing.
  var otherNames: [String: [String]] = [:]
  /// How its phone numbers were read, by their texts; nil for what is no number.
  package internal(set) var phones: [String: PhoneParse?] = [:]
  /// Cells that were replaced, and by what.
  var replaced: [(field: String, text: String, other: String)] = []
  /// What is read in place of cells, by column.
  private var replacements: [Int: String] = [:]

  init(externalID: String, isOwn: Bool = false) {
    self.externalID = externalID
    self.isOwn = isOwn
  }

  func replacement(in column: SettledColumn) -> String? { replacements[column.index] }

  /// Reads a cell as an empty one.
  mutating func drop(_ column: SettledColumn) { replacements[column.index] = "" }

  mutating func replace(_ column: SettledColumn, _ text: String, by other: String) {
    replacements[column.index] = other
    if let field = column.field { replaced.append((field.name, text, other)) }
  }
}
