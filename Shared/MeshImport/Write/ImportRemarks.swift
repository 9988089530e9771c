import MeshCore
import CEL
import MeshRecords

/// A decision of the importer that the person should know about.
package struct ImportRemark: Sendable, Hashable {
  package let field: String
  /// The value in the file, cut to 200 characters.
  package let value: String
  package let text: String
  /// Whether nothing was found that the value names: a person may choose what is read in its place.
  package internal(set) var isUnmatched = false
  /// What was read in place of the value; empty if nothing was.
  package internal(set) var readAs = ""
}

/// What becomes of a value that is not stored as it is.
package enum ImportOutcome: Sendable {
  /// A new record gets the default and has the value in its description; a known one keeps what it has.
  case defaulted
  /// A new record has the value in its description alone; a known one keeps what it has.
  case described
  /// It is left out.
  case leftOut
  /// The record keeps another value, as the remark says.
  case kept

  /// What a remark says of it, after what is wrong with the value.
  ///
  /// - Parameter isDryRun: whether it only would happen.
  /// - Returns: a clause with what joins it; empty where the remark says it itself.
  fileprivate func clause(isDryRun: Bool) -> String {
    switch self {
    case .defaulted where isDryRun:
      "; new records would get the default, with it in their description, and known ones keep theirs"
    case .defaulted:
      "; new records got the default, with it in their description, and known ones kept theirs"
    case .described where isDryRun:
      "; new records would have it in their description, and known ones keep theirs"
    case .described: "; new records have it in their description, and known ones kept theirs"
    case .leftOut: isDryRun ? ", and would be left out" : ", and was left out"
    case .kept: ""
    }
  }
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
  ///
  /// - Parameters:
  ///   - field: the field of the value.
  ///   - value: in the file.
  ///   - fault: what is wrong with it: "is unknown".
  ///   - outcome: what became of it.
  ///   - question: asks whether something else was meant; empty for none.
  package mutating func add(
    _ field: String,
    _ value: String,
    _ fault: String,
    _ outcome: ImportOutcome,
    _ question: String = ""
  ) {
    let clause = outcome.clause(isDryRun: isDryRun)
    var remark = ImportRemark(field: field, value: value, text: fault + clause + question)
    remark.isUnmatched = outcome != .kept
    let rest = clause.isEmpty ? "records kept what they had" : "each \(fault)\(clause)"
    putOfRow(remark, rest: rest)
  }

  /// Adds that another value was read in place of one, as the person who imports said.
  ///
  /// - Parameters:
  ///   - field: the field of the value.
  ///   - value: in the file.
  ///   - other: what was read; empty where it was left out.
  mutating func replace(_ field: String, _ value: String, with other: String) {
    let left = isDryRun ? "would be left out" : "was left out"
    let text = other.isEmpty ? left : "was read as \(other.quoted)"
    var remark = ImportRemark(field: field, value: value, text: text)
    remark.readAs = other
    putOfRow(remark, rest: "each was replaced")
  }

  /// Adds that a value was added to a list of the tenant, where it stays whatever becomes of the row.
  package mutating func addToList(_ field: String, _ value: String, _ text: String) {
    put(ImportRemark(field: field, value: value, text: text), rest: "each \(text)")
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
    let question = Spelling(names).only(near: value)?.question ?? ""
    let text = "\(fault); these rows \(outcome)"
    var remark = ImportRemark(field: field, value: value, text: text + question)
    remark.isUnmatched = true
    put(remark, rest: "each \(text)")
  }

  /// Adds that a row without a value gets one: "the reason other".
  package mutating func fill(_ field: String, with value: String) {
    let text = "was missing; these rows \(isDryRun ? "would get" : "got") \(value)"
    putOfRow(ImportRemark(field: field, value: "", text: text), rest: text)
  }

  /// Adds that a row is taken without the record that it names, if it is taken.
  mutating func unlink(_ field: String, _ value: String) {
    let text = "could not be linked; rows that are otherwise right are taken without it"
    var remark = ImportRemark(field: field, value: value, text: text)
    remark.isUnmatched = true
    put(remark, rest: "each \(text)")
  }

  /// Adds a remark that goes again if its row is refused.
  private mutating func putOfRow(_ remark: ImportRemark, rest: String) {
    if isRowRefused { return }
    put(remark, rest: rest, isOfRow: true)
  }

  /// - Parameters:
  ///   - whole: with the value as it is in the file.
  ///   - rest: what became of the values of a field that has too many for a remark each.
  ///   - isOfRow: whether it goes again if its row is refused.
  private mutating func put(_ whole: ImportRemark, rest: String, isOfRow: Bool = false) {
    let place = Self.place(whole.field, whole.value)
    guard hasRoom(for: whole.field, whole.value) else {
      addOverflow(of: whole, rest, isOfRow)
      return
    }
    var remark = ImportRemark(
      field: whole.field,
      value: whole.value.quotedInRemarks,
      text: whole.text,
      isUnmatched: whole.isUnmatched,
      readAs: whole.readAs
    )
    if let first = known[place], first.text == remark.text { remark = first }
    count(remark, at: place, isOfRow)
  }

  /// Counts a row for a remark.
  private mutating func count(_ remark: ImportRemark, at place: String, _ isOfRow: Bool) {
    let before = known[place]
    if before == nil, !remark.value.isEmpty { values[remark.field, default: 0] += 1 }
    known[place] = remark
    counts[remark, default: 0] += 1
    if isOfRow { ofRow.append((remark, place, before)) }
  }

  private mutating func addOverflow(of remark: ImportRemark, _ rest: String, _ isOfRow: Bool) {
    let most = Limit.importNewValues
    let advice = remark.isUnmatched ? ". Map another column, or add what they name before" : ""
    let text =
      "column “\(heading(remark.field))” has more than \(most.most) values with a remark "
      + "(\(most.name)); of the others, \(rest)\(advice)"
    count(
      ImportRemark(field: remark.field, value: "", text: text),
      at: Self.place(remark.field, ""),
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
    "\(field)=\(value.quotedInRemarks.lowercased())"
  }
}
