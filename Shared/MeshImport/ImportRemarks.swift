/// Something the importer decided and the person should know.
package struct ImportRemark: Sendable, Hashable {
  package let field: String
  /// In the file; cut to 200 characters.
  package let value: String
  package let text: String
}

/// What the rows of a batch made the importer decide, beside what earlier batches did.
package struct ImportRemarks {
  /// In how many rows of the batch.
  private(set) var counts: [ImportRemark: Int] = [:]
  /// Of the whole import, by field and value.
  private var known: [String: ImportRemark] = [:]

  init(known remarks: [ImportRemark]) {
    for remark in remarks { known[Self.place(remark.field, remark.value)] = remark }
  }

  /// Says what was done with a value, in one row.
  package mutating func add(_ field: String, _ value: String, _ text: String) {
    let remark = ImportRemark(field: field, value: Self.cut(value), text: text)
    known[Self.place(field, value)] = remark
    counts[remark, default: 0] += 1
  }

  /// Counts one more row with a value, if the import has remarked upon it.
  package mutating func count(_ field: String, _ value: String) {
    if known.isEmpty { return }
    if let remark = known[Self.place(field, value)] { counts[remark, default: 0] += 1 }
  }

  /// Values are the same in any case, as they are where keys are matched.
  private static func place(_ field: String, _ value: String) -> String {
    "\(field)=\(cut(value).lowercased())"
  }

  private static func cut(_ value: String) -> String {
    String(String.UnicodeScalarView(value.unicodeScalars.prefix(200)))
  }
}
