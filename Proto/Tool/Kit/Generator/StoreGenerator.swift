import ProtoDescriptors

/// Writes how a service keeps a record: columns, rows to records and back.
struct StoreGenerator {
  /// What an entry of a picklist has, as `MeshRecords.PicklistEntry` asks.
  static let picklistFields = [
    "key", "display_name", "position", "active", "colour", "description",
  ]

  let message: MessageDescriptor
  private let name: String
  private let fields: [FieldCode]

  init(_ message: MessageDescriptor, _ types: TypeIndex) throws(GenerationError) {
    self.message = message
    name = try types.type(message.fullName).name
    var fields: [FieldCode] = []
    for field in message.fields {
      fields += try FieldCode(field, of: message, in: types).parts(in: types)
    }
    self.fields = fields
  }

  func generate(into source: inout SourceText) {
    let table = message.resource?.table ?? ""
    source.block("extension \(name): MeshRecords.StoredRecord") { source in
      source.line("package static let fieldColumns: [[MeshStore.SQL]] = [")
      for field in fields {
        let columns = field.columns.map { "\"\(table).\($0)\"" }
        source.line("  [\(columns.joined(separator: ", "))],")
      }
      source.line("]")
      source.line("package static let columns = fieldColumns.flatMap { $0 }.joined(by: \", \")")
      source.line()
      write(into: &source)
      source.line()
      source.block("package init(row: borrowing MeshStore.Row, at base: Int32)") { source in
        source.line("self.init()")
        var place = 0
        for field in fields {
          source.line(field.read(from: place == 0 ? "base" : "base + \(place)"))
          place += field.columns.count
        }
      }
      source.line()
      source.line("package func bind(")
      source.line("  _ fields: MeshProto.FieldBits, to columns: inout MeshStore.RecordColumns")
      source.block(")") { source in
        for (index, field) in fields.enumerated() {
          source.line("if fields.contains(\(index)) { \(field.bind(index)) }")
        }
      }
    }
    if message.resource?.isPicklist == true {
      source.line()
      source.line("extension \(name): MeshRecords.PicklistEntry {}")
    }
  }
}

extension StoreGenerator {
  /// The wire format of a row, written from its columns without a record in between; a record with
  /// parts of messages is made and encoded.
  private func write(into source: inout SourceText) {
    if fields.contains(where: { $0.path.contains(".") }) { return }
    source.line("package static func write(")
    source.line("  _ shown: MeshProto.FieldBits, of row: borrowing MeshStore.Row, at base: Int32,")
    source.line("  to writer: inout MeshProto.WireWriter")
    source.block(")") { source in
      var place = 0
      for (index, field) in fields.enumerated() {
        let start = place == 0 ? "base" : "base + \(place)"
        source.line("if shown.contains(\(index)) { \(field.copy(from: start)) }")
        place += field.columns.count
      }
    }
  }
}

extension FieldCode {
  /// The columns that keep the field.
  fileprivate var columns: [String] {
    switch domain {
    case .money: ["\(column)_minor", "\(column)_currency"]
    case .etag: ["version"]
    default: [column]
    }
  }

  /// `settings_time_zone` of the part `settings.time_zone`.
  private var column: String { String(path.map { $0 == "." ? "_" : $0 }) }

  /// Whether the column has the field's own bytes on the wire: lists and messages.
  private var isStoredAsMessage: Bool {
    switch shape {
    case .message, .boxedMessage, .repeated, .packed, .map, .oneofMember, .repeatedDomain: true
    case .implicit, .optional, .domain: false
    }
  }

  fileprivate func read(from place: String) -> String {
    let property = "self.\(name)"
    switch domain {
    case .id(let kind) where !field.isRepeated, .ownID(let kind):
      return "\(property) = \(kind.idType)(row.id(\(place)))"
    case .ref where !field.isRepeated: return "\(property) = row.ref(\(place))"
    case .timestamp: return "\(property) = row.timestamp(\(place))"
    case .date: return "\(property) = row.date(\(place))"
    case .money: return "\(property) = row.money(\(place))"
    case .etag: return "\(property) = row.etag(\(place))"
    case .id, .ref, nil: break
    }
    if isCustom { return "\(property) = MeshRecords.CustomFields.decode(row.text(\(place)))" }
    if isStoredAsMessage { return "self.takeStored(row.blob(\(place)))" }
    if field.kind == .enum {
      return "\(property) = \(value.type)(rawValue: row.int32(\(place)))"
    }
    if field.kind == .bytes { return "\(property) = row.blob(\(place))" }
    return "\(property) = row.\(accessor)(\(place))"
  }

  /// The statement that writes the field's wire format from its columns: the same bytes as the
  /// record's own.
  fileprivate func copy(from place: String) -> String {
    let tag = value.tag(field.number)
    if isStoredAsMessage, !isCustom {
      return "row.withBlob(\(place)) { writer.raw($0) }"
    }
    if case .etag = domain { return "writer.etag(row.etag(\(place)), tag: \(tag))" }
    switch (shape, field.kind) {
    case (.implicit, .string): return "row.withText(\(place)) { writer.text($0, tag: \(tag)) }"
    case (.implicit, _):
      let read = self.read(from: place).dropFirst("self.\(name) = ".count)
      return "let value = \(read); if \(value.isSent("value")) { \(write("value")) }"
    default:
      let read = self.read(from: place).dropFirst("self.\(name) = ".count)
      return "if let value = \(read) { \(write("value")) }"
    }
  }

  private func write(_ expression: String) -> String {
    if let domain { return domain.write(expression, tag: value.tag(field.number)) }
    return value.write(expression, number: field.number)
  }

  private var accessor: String {
    let plain =
      switch field.kind {
      case .string: "text"
      case .bool: "bool"
      case .double, .float: "double"
      case .int64, .sint64, .sfixed64, .uint64, .fixed64: "int64"
      case .uint32, .fixed32: "uint32"
      default: "int32"
      }
    guard case .optional = shape else { return plain }
    return "optional" + plain.prefix(1).uppercased() + plain.dropFirst()
  }

  fileprivate func bind(_ index: Int) -> String {
    if isCustom {
      return "columns.set(\"\(column)\", MeshRecords.CustomFields.encode(self.\(name)))"
    }
    if isStoredAsMessage {
      return "columns.set(\"\(column)\", self.storedBytes([\(index)]))"
    }
    switch domain {
    case .id, .ownID: return "columns.set(\"\(column)\", self.\(name)?.words)"
    case .ref: return "columns.set(\"\(column)\", self.\(name)?.description)"
    case .etag: return "columns.set(\"version\", self.\(name))"
    default: break
    }
    let value = field.kind == .enum ? "self.\(name).rawValue" : "self.\(name)"
    return "columns.set(\"\(column)\", \(value))"
  }

  private var isCustom: Bool { field.typeName == "google.protobuf.Struct" }
}
