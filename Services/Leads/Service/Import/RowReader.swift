import LeadsAPI
import MeshCore
import MeshCrypto
import MeshProto
import MeshRecords

/// Turns the records of a file into drafts of leads.
struct RowReader: Sendable {
  /// What a row says, before the rules of leads are asked.
  struct Draft: Sendable {
    let line: Int
    let key: RowKey
    var lead: Lead
    /// As it stands in the file; the tenant's tables decide what it means.
    let status: String
    let source: String
    /// What could not be read as its field's type.
    let violations: [FieldViolation]
  }

  /// Columns that the mapping fills a field from, by position.
  private let columns: [(index: Int, heading: String, field: RecordField)]
  private let externalID: Int?
  private let width: Int
  private let currency: CurrencyCode

  /// A reader of the file with that header row.
  ///
  /// - Throws: `.invalid` when the mapping names a column that the file has not, or no field at all.
  init(headings: [String], mapping: ImportMapping, currency: CurrencyCode) throws(MeshError) {
    let positions = Dictionary(
      headings.enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var violations: [FieldViolation] = []
    var columns: [(index: Int, heading: String, field: RecordField)] = []
    for column in mapping.columns {
      guard let index = positions[column.heading] else {
        violations.append(
          FieldViolation(
            field: "mapping",
            description: "the file has no column “\(column.heading)”"
          )
        )
        continue
      }
      if let field = column.field.flatMap({ Lead.schema[$0] }) {
        columns.append((index, column.heading, field))
      }
    }
    if let name = mapping.externalID, positions[name] == nil {
      violations.append(
        FieldViolation(
          field: "external_id_column",
          description: "the file has no column “\(name)”"
        )
      )
    }
    if columns.isEmpty && violations.isEmpty {
      violations.append(
        FieldViolation(field: "mapping", description: "no column of the file fills a field")
      )
    }
    guard violations.isEmpty else { throw .invalid(violations) }
    self.columns = columns
    externalID = mapping.externalID.flatMap { positions[$0] }
    width = headings.count
    self.currency = currency
  }

  /// The heading of the column that filled a field in this file.
  func heading(of field: String) -> String {
    columns.first { $0.field.name == field }?.heading ?? ""
  }

  func draft(of record: CSVParser.Record) -> Draft {
    var lead = Lead()
    var violations: [FieldViolation] = []
    if record.values.count > width {
      violations.append(
        FieldViolation(
          field: "",
          description: "has \(record.values.count) values where the header has \(width) columns"
        )
      )
    }
    for column in columns where column.index < record.values.count {
      let value = record.values[column.index]
      if value.isEmpty { continue }
      if let rule = read(value, as: column.field, into: &lead) {
        violations.append(FieldViolation(field: column.field.name, description: rule))
      }
    }
    let status = lead.status
    let source = lead.source
    lead.status = ""
    lead.source = ""
    return Draft(
      line: record.line,
      key: key(of: record),
      lead: lead,
      status: status,
      source: source,
      violations: violations
    )
  }

  private func key(of record: CSVParser.Record) -> RowKey {
    if let externalID, externalID < record.values.count, !record.values[externalID].isEmpty {
      return RowKey(externalID: record.values[externalID])
    }
    return RowKey(values: record.values)
  }

  /// - Returns: the rule that is broken, nil when the value was taken. Where two columns fill one
  ///   field, the first that has a value counts.
  private func read(_ value: String, as field: RecordField, into lead: inout Lead) -> String? {
    let read: FieldValue
    switch field.type {
    case .integer:
      let digits = value.filter { $0 != "," && $0 != " " && $0 != "'" }
      guard let number = Int64(digits) ?? Double(digits).flatMap({ Int64(exactly: $0) }) else {
        return "must be a whole number, not \(value.quoted)"
      }
      read = .integer(number)
    case .money:
      guard let money = Money.parse(value, currency) else {
        return "must be an amount such as 12,500.00, not \(value.quoted)"
      }
      read = .money(money)
    case .bool:
      guard let flag = Self.flag(value) else { return "must be yes or no, not \(value.quoted)" }
      lead.set(field, to: .bool(flag))
      return nil
    default: read = .text(value)
    }
    if lead.value(of: field).isNone { lead.set(field, to: read) }
    return nil
  }

  private static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "true", "yes", "y", "on": true
    case "0", "false", "no", "n", "off": false
    default: nil
    }
  }
}

/// What makes a row the same row for ever, within its tenant and source system.
struct RowKey: Hashable, Sendable {
  /// 32 bytes.
  let digest: [UInt8]

  init(externalID: String) { digest = SHA256.hash(Array("id\u{0}\(externalID)".utf8)) }

  init(values: [String]) {
    var bytes = Array("row".utf8)
    for value in values {
      bytes.append(0)
      bytes.append(contentsOf: value.utf8)
    }
    digest = SHA256.hash(bytes)
  }
}
