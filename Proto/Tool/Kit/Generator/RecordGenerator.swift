import ProtoDescriptors

/// Writes what a record says of itself: its schema, and its fields by place.
struct RecordGenerator {
  let message: MessageDescriptor
  let resource: ResourceTraits
  private let kind: KindCode
  private let name: String
  private let fields: [FieldCode]
  /// Messages whose parts are among the fields.
  private let wholes: [FieldCode]
  /// The Swift type of the record that the parent field names.
  private let parent: String?
  /// The tables of tenants' lists, by the fields that take their keys.
  private let picklistTables: [String: String]

  /// - Throws: when the message lacks a field that every record has, or names one it does not have.
  init(
    _ message: MessageDescriptor,
    _ resource: ResourceTraits,
    _ fields: [FieldCode],
    _ types: TypeIndex
  ) throws(GenerationError) {
    self.message = message
    self.resource = resource
    wholes = fields.filter(\.field.traits.hasParts)
    var parts: [FieldCode] = []
    for field in fields { parts += try field.parts(in: types) }
    self.fields = parts
    name = try types.type(message.fullName).name
    kind = try types.kind(resource.kind)
    let parentKind = message.field(resource.parent)?.traits.references ?? 0
    parent = parentKind == 0 ? nil : try types.record(ofKind: parentKind).name
    picklistTables = Dictionary(
      parts.compactMap { field in
        types.table(ofPicklist: field.field.traits.picklist).map { (field.path, $0) }
      },
      uniquingKeysWith: { $1 }
    )
    let common = ["id", "etag", "create_time", "update_time", "created_by", "updated_by"]
    let holders = [
      resource.owner, resource.team, resource.participants, resource.followers, resource.parent,
      resource.open,
    ]
    let standIns = message.fields.flatMap { $0.traits.sortElse + $0.traits.madeOf.joined() }
    let named =
      holders.filter { !$0.isEmpty } + resource.title + resource.subtitle + standIns
    let ofPicklist = resource.isPicklist ? StoreGenerator.picklistFields : []
    for field in common + named + ofPicklist where message.field(field) == nil {
      throw GenerationError("\(message.fullName): a record with this option has a field \(field)")
    }
    for field in parts {
      let (traits, path) = (field.field.traits, "\(message.fullName).\(field.path)")
      if traits.isBackground && !traits.isOutputOnly {
        throw GenerationError("\(path): a background field is output_only too")
      }
      if !traits.lookup.isEmpty && (traits.references == 0 || !field.field.isRepeated) {
        throw GenerationError("\(path): only a list of ids has a table to look them up")
      }
      if !traits.madeOf.isEmpty && (!traits.isBackground || field.maxLength == nil) {
        throw GenerationError("\(path): what is made of other fields is a text and background")
      }
    }
    for totals in resource.totals { try Self.check(totals, parts, message) }
    if parts.count > 128 || !message.oneofs.isEmpty && fields.contains(where: \.isInOneof) {
      throw GenerationError("\(message.fullName): a record has at most 128 fields and no oneof")
    }
  }

  /// - Throws: when totals name fields that the record does not have, or of other types.
  private static func check(
    _ totals: TotalsTraits,
    _ fields: [FieldCode],
    _ message: MessageDescriptor
  ) throws(GenerationError) {
    func require(_ name: String, _ types: Set<String>, _ role: String) throws(GenerationError) {
      let field = fields.first { $0.path == name }
      if field.map({ types.contains($0.schemaTypeName) }) != true {
        let types = types.sorted().joined(separator: ", ")
        throw GenerationError(
          "\(message.fullName): totals have as \(role) a field of type \(types); \(name) is none"
        )
      }
    }
    let month = ".month"
    for key in totals.keys {
      if key.hasSuffix(month) {
        try require(String(key.dropLast(month.count)), ["date"], "month")
      } else {
        try require(key, ["text", "id", "bool", "date"], "key")
      }
    }
    try require(totals.amount, ["money"], "amount")
    if !totals.percent.isEmpty { try require(totals.percent, ["integer"], "percentage") }
    if !totals.number.isEmpty { try require(totals.number, ["integer"], "number") }
  }

  func generate(into source: inout SourceText) {
    source.block("extension \(name): MeshProto.RecordMessage") { source in
      schema(into: &source)
      source.line()
      FieldCode.values(of: fields, into: &source)
      source.line()
      changes(into: &source)
      source.line()
      source.block("package var recordID: MeshCore.IDWords?") { source in
        source.line("get { self.id?.words }")
        source.line("set { self.id = \(kind.idType)(newValue) }")
      }
      for whole in wholes {
        source.line()
        source.block("package var \(whole.partsProperty): \(whole.value.type)") { source in
          source.line("get { self.\(whole.name) ?? \(whole.value.defaultValue) }")
          source.line("set {")
          source.line("  let isEmpty = newValue == \(whole.value.defaultValue)")
          source.line("  self.\(whole.name) = isEmpty ? nil : newValue")
          source.line("}")
        }
      }
    }
  }

  private func schema(into source: inout SourceText) {
    source.line("package static let schema = MeshProto.RecordSchema(")
    source.line("  object: \"\(kind.object)\",")
    source.line("  idPrefix: \"\(kind.prefix)\",")
    source.line("  table: \"\(resource.table)\",")
    source.line("  defaultOrder: \"\(resource.defaultOrder)\",")
    if resource.limit > 0 { source.line("  limit: \(resource.limit),") }
    let named = [
      ("owner", resource.owner), ("team", resource.team), ("participants", resource.participants),
      ("followers", resource.followers), ("parent", resource.parent), ("open", resource.open),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \"\($0.1)\"" }
    let flags = [("parentReads", resource.parentReads), ("isPersonal", resource.isPersonal)]
    let holders = named + flags.filter { $0.1 }.map { "\($0.0): true" }
    source.line("  holders: MeshProto.RecordHolders(\(holders.joined(separator: ", "))),")
    source.line("  grants: [")
    for grant in resource.grants {
      source.line("    \(GrantCode.text(grant, object: kind.object)),")
    }
    source.line("  ],")
    if let parent { source.line("  parents: [\(parent).schema],") }
    for (label, names) in [("title", resource.title), ("subtitle", resource.subtitle)]
    where !names.isEmpty {
      source.line("  \(label): [\(names.map { "\"\($0)\"" }.joined(separator: ", "))],")
    }
    if !resource.totals.isEmpty {
      source.line("  totals: [")
      for totals in resource.totals { source.line("    \(totals.schemaText),") }
      source.line("  ],")
    }
    source.line("  fields: [")
    for field in fields { source.line("    \(field.schemaText(picklistTables[field.path])),") }
    source.line("  ])")
  }

  private func changes(into source: inout SourceText) {
    source.block("package func changes(from other: Self) -> MeshProto.FieldBits") { source in
      source.line("var changes: MeshProto.FieldBits = []")
      for (index, field) in fields.enumerated() {
        let pair = "self.\(field.name), other.\(field.name)"
        source.line("if MeshProto.differ(\(pair)) { changes.insert(\(index)) }")
      }
      source.line("return changes")
    }
    source.line()
    let head = "package mutating func take(_ fields: MeshProto.FieldBits, from other: Self)"
    source.block(head) { source in
      for (index, field) in fields.enumerated() {
        source.line("if fields.contains(\(index)) { self.\(field.name) = other.\(field.name) }")
      }
    }
  }
}

/// Writes what the entries of a record's list say of themselves: their fields, and those by place.
struct EntryGenerator {
  let name: String
  let fields: [FieldCode]

  func generate(into source: inout SourceText) {
    source.block("extension \(name): MeshProto.EntryMessage") { source in
      source.line("package static let entryFields: [MeshProto.RecordField] = [")
      for field in fields { source.line("  \(field.schemaText(nil)),") }
      source.line("]")
      source.line()
      FieldCode.values(of: fields, into: &source)
    }
  }
}

extension TotalsTraits {
  /// The totals' entry in their record's schema.
  fileprivate var schemaText: String {
    let keys = keys.map { "\"\($0)\"" }.joined(separator: ", ")
    let names = "amount: \"\(amount)\", percent: \"\(percent)\", number: \"\(number)\""
    return "MeshProto.RecordTotals(\"\(table)\", by: [\(keys)], \(names))"
  }
}

/// A grant in Swift.
enum GrantCode {
  static func text(_ grant: GrantTraits, object: String = "") -> String {
    let actions = grant.actions.map { "\"\($0)\"" }.joined(separator: ", ")
    let named = grant.object.isEmpty ? object : grant.object
    return "MeshProto.RoleGrant(\"\(named)\", \"\(grant.role)\", [\(actions)], .\(grant.records))"
  }
}

extension FieldCode {
  var isInOneof: Bool {
    if case .oneofMember = shape { true } else { false }
  }

  /// Writes the fields by place, as values that generic code knows.
  fileprivate static func values(of fields: [FieldCode], into source: inout SourceText) {
    source.block("package subscript(field index: Int) -> MeshProto.FieldValue") { source in
      source.block("get") { source in
        source.choice("index") { source in
          for (index, field) in fields.enumerated() {
            source.line("case \(index): MeshProto.FieldValue(self.\(field.name))")
          }
          source.line("default: .none")
        }
      }
      source.block("set") { source in
        source.choice("index") { source in
          for (index, field) in fields.enumerated() {
            source.line("case \(index): newValue.read(into: &self.\(field.name))")
          }
          source.line("default: break")
        }
      }
    }
  }

  /// The field's entry in its record's schema.
  ///
  /// - Parameter picklistTable: of the tenant's list whose keys it takes; nil for none.
  /// - Returns: Swift source.
  fileprivate func schemaText(_ picklistTable: String?) -> String {
    var parts = ["\"\(path)\"", schemaType]
    let traits = schemaTraits
    let rule = schemaRule(picklistTable)
    if !traits.isEmpty || !rule.isEmpty { parts.append("[\(traits.joined(separator: ", "))]") }
    if !rule.isEmpty { parts.append("MeshProto.FieldRule(\(rule.joined(separator: ", ")))") }
    parts.append("label: \"\(label)\"")
    return ".init(\(parts.joined(separator: ", ")))"
  }

  /// What a field references that holds ids of any kind.
  static let anyObject = "any"

  /// What screens call the fields that every record has.
  private static let common = [
    "create_time": "Created", "update_time": "Changed",
    "created_by": "Created by", "updated_by": "Changed by",
  ]

  /// What screens call the field.
  var label: String {
    field.traits.label.isEmpty ? Self.common[path] ?? plainLabel : field.traits.label
  }

  /// What its name alone says, as the web makes it too: `owner_id` is "Owner", `company_name` is "Company
  /// name".
  var plainLabel: String {
    var words = path.split(separator: "_").map(String.init)
    if words.count > 1, words.last == "id" || words.last == "ids" { words.removeLast() }
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// How long a text may be, in Unicode characters; nil for a field that is no text.
  var maxLength: Int? {
    guard field.kind == .string, domain == nil else { return nil }
    let isKey = !field.traits.picklist.isEmpty || !field.traits.choices.isEmpty
    return field.traits.maxLength == 0 ? (isKey ? 60 : 200) : field.traits.maxLength
  }

  /// `MeshProto.FieldType.name` of the field.
  var schemaTypeName: String {
    String(schemaType.dropFirst().prefix { $0 != "(" })
  }

  /// What describe and the web call the type: ids of any kind are ids.
  var shownTypeName: String {
    guard case .ref = domain else { return schemaTypeName }
    return field.isRepeated ? "ids" : "id"
  }

  private var schemaType: String {
    switch domain {
    case .id(let kind):
      return field.isRepeated
        ? ".ids(prefix: \"\(kind.prefix)\")" : ".id(prefix: \"\(kind.prefix)\")"
    case .ownID(let kind): return ".id(prefix: \"\(kind.prefix)\")"
    case .ref: return field.isRepeated ? ".refs" : ".ref"
    case .timestamp: return ".timestamp"
    case .date: return ".date"
    case .money: return ".money"
    case .etag: return ".etag"
    case nil: break
    }
    if field.typeName == "google.protobuf.Struct" { return ".custom" }
    switch field.kind {
    case .message, .group, .bytes: return field.isRepeated ? ".messages" : ".message"
    case .string: return field.isRepeated ? ".texts" : ".text"
    case .bool: return ".bool"
    case .double, .float: return ".decimal"
    case .enum: return ".choice([\(choiceNames.map { "\"\($0)\"" }.joined(separator: ", "))])"
    default: return ".integer"
    }
  }

  private var schemaTraits: [String] {
    var traits: [String] = []
    if field.traits.isRequired { traits.append(".required") }
    if field.traits.isOutputOnly { traits.append(".outputOnly") }
    if field.traits.isImmutable { traits.append(".immutable") }
    if field.traits.isSensitive { traits.append(".sensitive") }
    if field.traits.isSearchable { traits.append(".searchable") }
    if field.traits.isSortable { traits.append(".sortable") }
    if field.traits.isBackground { traits.append(".background") }
    if type.hasSuffix("?") || field.isRepeated { traits.append(".nullable") }
    return traits
  }

  private func schemaRule(_ picklistTable: String?) -> [String] {
    let traits = field.traits
    var rule: [String] = []
    if let maxLength { rule.append("maxLength: \(maxLength)") }
    if traits.maxEntries > 0 { rule.append("maxEntries: \(traits.maxEntries)") }
    if let minimum = traits.minimum { rule.append("minimum: \(minimum)") }
    if let maximum = traits.maximum { rule.append("maximum: \(maximum)") }
    if traits.format != "line", traits.format != "date" { rule.append("format: .\(traits.format)") }
    if !traits.choices.isEmpty {
      rule.append("choices: [\(traits.choices.map { "\"\($0)\"" }.joined(separator: ", "))]")
    }
    if !traits.picklist.isEmpty { rule.append("picklist: \"\(traits.picklist)\"") }
    if let picklistTable { rule.append("picklistTable: \"\(picklistTable)\"") }
    if case .id(let kind) = domain { rule.append("references: \"\(kind.object)\"") }
    if case .ref = domain { rule.append("references: \"\(Self.anyObject)\"") }
    if !traits.lookup.isEmpty { rule.append("lookup: \"\(traits.lookup)\"") }
    if field.isListOfEntries { rule.append("entries: MeshProto.EntryForm(\(value.type).self)") }
    if !traits.sortElse.isEmpty {
      rule.append("sortElse: [\(traits.sortElse.map { "\"\($0)\"" }.joined(separator: ", "))]")
    }
    if !traits.madeOf.isEmpty {
      let groups = traits.madeOf.map { names in
        "[\(names.map { "\"\($0)\"" }.joined(separator: ", "))]"
      }
      rule.append("madeOf: [\(groups.joined(separator: ", "))]")
    }
    return rule
  }
}
