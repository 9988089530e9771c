import CEL
import MeshRecords

/// A decision of the importer that the person should know about.
package struct ImportRemark: Sendable, Hashable {
  package let field: String
  /// The value in the file, cut to 200 characters.
  package let value: String
  package let text: String
}

/// The remarks of a batch, with those of earlier batches.
package struct ImportRemarks {
  /// Rows of the batch for each remark.
  private(set) var counts: [ImportRemark: Int] = [:]
  /// Remarks of the whole import, by field and value.
  private var known: [String: ImportRemark] = [:]

  /// Values of each field with a remark of their own.
  private var values: [String: Int] = [:]
  private let isDryRun: Bool
  private let heading: (String) -> String
  /// What was remarked on the row that is being written, and what was known of the value before: it goes again if the
  /// row is refused.
  private var ofRow: [(remark: ImportRemark, place: String, before: ImportRemark?)] = []
  /// Whether the row being read is already refused: then its other values get no remarks,
  /// and nothing is added to a list for them.
  package internal(set) var isRowRefused = false

  /// - Parameters:
  ///   - remarks: of the import so far.
  ///   - isDryRun: whether nothing is made, so that remarks say what would happen.
  ///   - heading: the heading of the column that fills a field.
  init(
    known remarks: [ImportRemark],
    isDryRun: Bool,
    heading: @escaping (String) -> String
  ) {
    self.isDryRun = isDryRun
    self.heading = heading
    for remark in remarks {
      known[Self.place(remark.field, remark.value)] = remark
      if !remark.value.isEmpty { values[remark.field, default: 0] += 1 }
    }
  }

  /// Whether a value of a field can have a remark of its own: a column of a hundred different values was probably
  /// meant for another field.
  package func hasRoom(for field: String, _ value: String) -> Bool {
    known[Self.place(field, value)] != nil
      || values[field, default: 0] < Limit.importNewValues.most
  }

  /// Begins another row.
  mutating func beginRow() { ofRow.removeAll(keepingCapacity: true) }

  /// Takes back what was said of the values of the row, which is refused: nothing came of them.
  ///
  /// Why it is refused stays, and so does what was added to a list.
  mutating func dropRow() {
    for (remark, place, before) in ofRow.reversed() {
      let rows = counts[remark, default: 1] - 1
      counts[remark] = rows == 0 ? nil : rows
      if before == nil, !remark.value.isEmpty { values[remark.field, default: 1] -= 1 }
      known[place] = before
    }
    beginRow()
  }

  /// Adds what was done with a value in one row; if a field has too many values, one remark says so.
  package mutating func add(_ field: String, _ value: String, _ text: String) {
    if isRowRefused { return }
    let outcome = isDryRun ? "would get the default" : "got the default"
    put(field, value, text, outcome: outcome, isOfRow: true)
  }

  /// Adds that a value was added to a list of the tenant, where it stays whatever becomes of the row.
  package mutating func addToList(_ field: String, _ value: String, _ text: String) {
    put(field, value, text, outcome: "")
  }

  /// Adds that a row is refused for a value, and asks whether a similar name was meant.
  ///
  /// - Parameters:
  ///   - field: the field of the value.
  ///   - value: in the file.
  ///   - fault: what is wrong with it: "names no stage".
  ///   - names: those that it could have been.
  package mutating func refuse(
    _ field: String,
    _ value: String,
    _ fault: String,
    near names: [String] = []
  ) {
    let outcome = isDryRun ? "would be refused" : "were refused"
    let question = names.isEmpty ? "" : Spelling(names).hint(for: value)
    put(field, value, "\(fault); these rows \(outcome)" + question, outcome: outcome)
  }

  /// Adds that a row without a value gets one: "the reason other".
  package mutating func fill(_ field: String, with value: String) {
    add(field, "", "was missing; these rows \(isDryRun ? "would get" : "got") \(value)")
  }

  /// Adds that a row becomes a record without the one that it names, if it becomes one.
  mutating func unlink(_ field: String, _ value: String) {
    let text = "could not be linked; rows that are otherwise right become records without it"
    put(field, value, text, outcome: "could not be linked")
  }

  private mutating func put(
    _ field: String,
    _ value: String,
    _ text: String,
    outcome: String,
    isOfRow: Bool = false
  ) {
    guard hasRoom(for: field, value) else {
      addOverflow(field, outcome, isOfRow)
      return
    }
    var remark = ImportRemark(field: field, value: Self.cut(value), text: text)
    if let first = known[Self.place(field, value)], first.text == text { remark = first }
    count(remark, at: Self.place(field, value), isOfRow)
  }

  /// Counts a row for a remark.
  private mutating func count(_ remark: ImportRemark, at place: String, _ isOfRow: Bool) {
    let before = known[place]
    if before == nil, !remark.value.isEmpty { values[remark.field, default: 0] += 1 }
    known[place] = remark
    counts[remark, default: 0] += 1
    if isOfRow { ofRow.append((remark, place, before)) }
  }

  private mutating func addOverflow(_ field: String, _ outcome: String, _ isOfRow: Bool) {
    let most = Limit.importNewValues
    let text =
      "column “\(heading(field))” has more than \(most.most) values that the list does not have "
      + "(\(most.name)); these rows \(outcome). Map another column, or add the values before"
    count(
      ImportRemark(field: field, value: "", text: text),
      at: Self.place(field, ""),
      isOfRow
    )
  }

  /// Counts one more row for a value that has a remark.
  package mutating func count(_ field: String, _ value: String) {
    if known.isEmpty || isRowRefused { return }
    let place = Self.place(field, value)
    if let remark = known[place] { count(remark, at: place, true) }
  }

  /// Values are compared regardless of case, as in matching keys.
  private static func place(_ field: String, _ value: String) -> String {
    "\(field)=\(cut(value).lowercased())"
  }

  private static func cut(_ value: String) -> String {
    String(String.UnicodeScalarView(value.unicodeScalars.prefix(200)))
  }
}
