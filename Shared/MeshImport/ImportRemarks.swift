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
  private let heading: (String) -> String

  /// - Parameters:
  ///   - remarks: of the import so far.
  ///   - heading: the heading of the column that fills a field.
  init(known remarks: [ImportRemark], heading: @escaping (String) -> String) {
    self.heading = heading
    for remark in remarks {
      known[Self.place(remark.field, remark.value)] = remark
      if !remark.value.isEmpty { values[remark.field, default: 0] += 1 }
    }
  }

  /// Whether a value of a field can have a remark of its own: a column of a hundred different ones is
  /// not the field's.
  package func hasRoom(for field: String, _ value: String) -> Bool {
    known[Self.place(field, value)] != nil
      || values[field, default: 0] < Limit.importNewValues.most
  }

  /// Adds what was done with a value in one row; of too many values of a field, one remark says so.
  package mutating func add(_ field: String, _ value: String, _ text: String) {
    guard hasRoom(for: field, value) else {
      addOverflow(field)
      return
    }
    if known[Self.place(field, value)] == nil { values[field, default: 0] += 1 }
    let remark = ImportRemark(field: field, value: Self.cut(value), text: text)
    known[Self.place(field, value)] = remark
    counts[remark, default: 0] += 1
  }

  private mutating func addOverflow(_ field: String) {
    let most = Limit.importNewValues
    let text =
      "column “\(heading(field))” has more than \(most.most) values that the list does not have "
      + "(\(most.name)); these rows got the default. Map another column, or add the values before"
    let remark = ImportRemark(field: field, value: "", text: text)
    known[Self.place(field, "")] = remark
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
