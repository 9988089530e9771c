package import MeshCore

/// What generic code knows of a kind of record: its fields, where it is kept and who holds it.
///
/// A value that never changes, so that a tenant's own fields join the generated ones in another and are
/// nothing new to filter, order, search, mask, import, export or screens. It is shared and not copied, as
/// it is asked for every row.
package final class RecordSchema: Sendable {
  /// The kind of record, as permissions and changes name it: `scoring_rule`.
  package let object: String
  /// What its TypeIDs begin with.
  package let idPrefix: String
  /// The table of its service.
  package let table: String
  /// In the order of the proto; a tenant's own follow.
  package let fields: [RecordField]
  package let holders: RecordHolders
  /// What lists are ordered by when the caller does not say: `create_time desc`.
  package let defaultOrder: String
  /// What roles may do with it.
  package let grants: [RoleGrant]
  /// The kind of record that the parent field names, of the same service; empty without such a field.
  package let parents: [RecordSchema]
  /// The fields whose values, joined by blanks, name a record where others refer to it.
  package let title: [String]
  /// Those that say what the title leaves open.
  package let subtitle: [String]
  /// How many a tenant may have; 0 for any number.
  package let limit: Int
  /// The counts and sums that are kept of the records.
  package let totals: [RecordTotals]
  /// The generated fields that people may set.
  package let inputs: FieldBits
  /// The generated fields that the service computes, a write of which is nobody's edit.
  package let background: FieldBits
  /// The generated fields whose rules say something of a record that has no value there.
  package let ruledWhenEmpty: FieldBits
  /// The fields whose words lists find, a tenant's own among them.
  package let searchable: [RecordField]
  /// The generated fields whose words are found, or that hold a tenant's own which may be.
  package let searched: FieldBits
  /// The generated fields that have a column to sort by beside their own.
  package let sortKeys: [SortKey]
  /// The generated fields that are made of others.
  package let made: [MadeField]
  /// The generated fields with addresses, and the columns in which those are compared.
  package let foldedKeys: [(index: Int, column: String)]
  /// The generated fields whose ids have a table to look them up.
  package let lookups: [RecordField]
  /// Id and etag, which whoever sees a record sees.
  package let identity: FieldBits
  /// Whether a generated field holds those that a tenant adds.
  package let hasCustomFields: Bool
  private let generatedCount: Int
  private let places: [String: Int]

  package init(
    object: String,
    idPrefix: String,
    table: String,
    defaultOrder: String = "create_time desc",
    limit: Int = 0,
    holders: RecordHolders = RecordHolders(),
    grants: [RoleGrant] = [],
    parents: [RecordSchema] = [],
    title: [String] = [],
    subtitle: [String] = [],
    totals: [RecordTotals] = [],
    fields: [RecordField],
    custom: [RecordField] = []
  ) {
    self.object = object
    self.idPrefix = idPrefix
    self.table = table
    self.defaultOrder = defaultOrder
    self.limit = limit
    self.holders = holders
    self.grants = grants
    self.parents = parents
    self.title = title
    self.subtitle = subtitle
    self.totals = totals.map { $0.placed(among: fields) }
    generatedCount = fields.count
    sortKeys = Self.sortKeys(of: fields)
    made = fields.indices.compactMap { MadeField(fields[$0], at: $0, among: fields) }
    foldedKeys = fields.enumerated().compactMap { index, field in
      field.foldedColumn.map { (index, $0) }
    }
    identity = FieldBits(fields.indices.filter { ["id", "etag"].contains(fields[$0].name) })
    hasCustomFields = fields.contains { $0.type == .custom }
    inputs = FieldBits(fields.indices.filter { fields[$0].isInput })
    background = FieldBits(
      fields.indices.filter { fields[$0].traits.contains(.background) }
    )
    ruledWhenEmpty = FieldBits(fields.indices.filter { fields[$0].isRuledWhenEmpty })
    var (all, places) = Self.placed(fields)
    if let place = places["custom"] {
      for field in custom where field.customKey != nil && places[field.name] == nil {
        var placed = field
        placed.index = place
        places[field.name] = all.count
        all.append(placed)
      }
    }
    self.fields = all
    self.places = places
    lookups = all.filter { !$0.rule.lookup.isEmpty }
    searchable = all.filter { $0.traits.contains(.searchable) }
    searched = FieldBits(searchable.map(\.index))
  }

  private static func sortKeys(of fields: [RecordField]) -> [SortKey] {
    fields.enumerated().compactMap { index, field in
      field.sortKeyColumn.map { column in
        let others = field.rule.sortElse.compactMap { name in
          fields.firstIndex { $0.name == name }
        }
        return SortKey(column: column, sources: [index] + others)
      }
    }
  }

  private static func placed(
    _ fields: [RecordField]
  ) -> (fields: [RecordField], places: [String: Int]) {
    var (all, places): ([RecordField], [String: Int]) = ([], [:])
    for (index, field) in fields.enumerated() {
      var placed = field
      placed.index = index
      places[field.name] = index
      all.append(placed)
    }
    return (all, places)
  }

  /// The schema with fields that a tenant added.
  ///
  /// - Parameter custom: named `custom.<key>`; only a record with a field `custom` keeps them.
  /// - Returns: this schema with what is new in `custom`.
  package func adding(_ custom: [RecordField]) -> RecordSchema {
    guard hasCustomFields, !custom.isEmpty else { return self }
    return RecordSchema(
      object: object,
      idPrefix: idPrefix,
      table: table,
      defaultOrder: defaultOrder,
      limit: limit,
      holders: holders,
      grants: grants,
      parents: parents,
      title: title,
      subtitle: subtitle,
      totals: totals,
      fields: Array(generated),
      custom: self.custom + custom
    )
  }

  package subscript(_ name: String) -> RecordField? { places[name].map { fields[$0] } }

  /// Generated fields by their names, each of which there must be.
  package func bits(_ names: String...) -> FieldBits {
    FieldBits(
      names.map { name -> Int in
        guard let field = self[name] else { preconditionFailure("\(object) has no \(name)") }
        return field.index
      }
    )
  }

  /// The amount and the part of it that a path of an update mask means.
  package func moneyPart(ofPath path: String) -> (field: RecordField, part: Money.Part)? {
    for part in Money.Part.allCases where path.hasSuffix("." + part.rawValue) {
      let name = String(path.dropLast(part.rawValue.utf8.count + 1))
      if let field = self[name], field.type == .money { return (field, part) }
    }
    return nil
  }

  /// The fields that a path of an update mask means: one, or the parts of a message.
  package func fields(ofPath path: String) -> [RecordField] {
    if let field = self[path] { return [field] }
    return fields.filter { $0.name.hasPrefix(path + ".") }
  }

  /// Fields that the proto declares.
  package var generated: ArraySlice<RecordField> { fields.prefix(generatedCount) }

  /// Fields that a tenant added.
  package var custom: ArraySlice<RecordField> { fields.dropFirst(generatedCount) }

  /// The names of a set's fields.
  package func names(_ set: FieldSet) -> [String] {
    fields.filter { $0.type != .custom && set.contains($0) }.map(\.name)
  }
}

extension RecordField {
  fileprivate var isRuledWhenEmpty: Bool {
    traits.contains(.required) || rule.minimum != nil || rule.maximum != nil
  }
}

/// A column that lists are ordered by.
package struct SortKey: Sendable {
  package let column: String
  /// The fields that it is made of, by place: the first that has a value counts.
  package let sources: [Int]
}

/// A field whose value is made of those of others.
package struct MadeField: Sendable {
  /// Its place.
  package let index: Int
  /// The places of the others: the first group with a value counts.
  package let groups: [[Int]]
  /// Unicode scalars at most.
  package let maxLength: Int

  /// nil for a field that is not made of others.
  fileprivate init?(_ field: RecordField, at index: Int, among fields: [RecordField]) {
    if field.rule.madeOf.isEmpty { return nil }
    self.index = index
    groups = field.rule.madeOf.map { names in
      names.compactMap { name in fields.firstIndex { $0.name == name } }
    }
    maxLength = field.rule.maxLength
  }
}

/// The fields that say who holds a record; empty names for none.
package struct RecordHolders: Sendable, Hashable {
  /// A member's id.
  package var owner: String
  /// A team's id.
  package var team: String
  /// Ids of members or teams.
  package var participants: String
  /// Ids of members who may read it.
  package var followers: String
  /// The id of a record of the same service: whoever holds it holds this one too.
  package var parent: String
  /// A bool: whether everybody in the tenant holds the record, to read it.
  package var open: String
  /// Whether whoever holds the parent may read the record only.
  package var parentReads: Bool
  /// Whether a record is its owner's alone, and cannot be shared.
  package var isPersonal: Bool

  package init(
    owner: String = "",
    team: String = "",
    participants: String = "",
    followers: String = "",
    parent: String = "",
    open: String = "",
    parentReads: Bool = false,
    isPersonal: Bool = false
  ) {
    self.owner = owner
    self.team = team
    self.participants = participants
    self.followers = followers
    self.parent = parent
    self.open = open
    self.parentReads = parentReads
    self.isPersonal = isPersonal
  }
}

/// What a built-in role may do with an object, declared beside it.
package struct RoleGrant: Sendable, Hashable {
  /// Which records of the object.
  package enum Records: Int, Sendable, Hashable, Comparable {
    /// Those that the member holds.
    case own = 1
    /// Those that a team of the member's holds, too.
    case team = 2
    /// Those that are open to everybody, too.
    case open = 3
    case all = 4

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package let object: String
  /// The role's name, such as `rep`, whose grants the roles above it inherit.
  package let role: String
  /// `read`, `create`, `edit`, `delete` or a verb of the object's own.
  package let actions: [String]
  package let records: Records

  package init(
    _ object: String,
    _ role: String,
    _ actions: [String],
    _ records: Records = .all
  ) {
    self.object = object
    self.role = role
    self.actions = actions
    self.records = records
  }
}
