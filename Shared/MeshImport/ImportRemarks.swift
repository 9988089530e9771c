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

  init(known remarks: [ImportRemark]) {
    for remark in remarks { known[Self.place(remark.field, remark.value)] = remark }
  }

  /// Adds what was done with a value in one row.
  package mutating func add(_ field: String, _ value: String, _ text: String) {
    let remark = ImportRemark(field: field, value: Self.cut(value), text: text)
    known[Self.place(field, value)] = remark
    counts[remark, default: 0] += 1
  }

  /// Counts one more row with a value, if there is a remark about it.
  package mutating func count(_ field: String, _ value: String) {
    if known.isEmpty { return }
    if let remark = known[Self.place(field, value)] { counts[remark, default: 0] += 1 }
  }

  /// Values are compared regardless of case, as in matching keys.
  private static func place(_ field: String, _ value: String) -> String {
    "\(field)=\(cut(value).lowercased())"
  }

  private static func cut(_ value: String) -> String {
    String(String.UnicodeScalarView(value.unicodeScalars.prefix(200)))
  }
}
