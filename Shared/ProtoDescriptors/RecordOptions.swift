/// What a message's option says of a kind of record: `leadmesh.options.v1.ResourceTraits`.
package struct ResourceTraits: Sendable {
  static let extensionNumber: UInt32 = 51003

  /// Number of the kind in `leadmesh.type.v1.Kind`.
  package let kind: Int
  package let table: String
  package let owner: String
  package let team: String
  package let participants: String
  package let followers: String
  package let parent: String
  /// Whether whoever holds the parent may read the record only.
  package let parentReads: Bool
  /// Whether a record cannot be shared.
  package let isPersonal: Bool
  package let open: String
  package let defaultOrder: String
  package let grants: [GrantTraits]
  /// Names of fields.
  package let title: [String]
  package let subtitle: [String]
  /// Whether the records are the entries of a list that the tenant defines.
  package let isPicklist: Bool
  /// How many a tenant may have; 0 for any number.
  package let limit: Int
  package let totals: [TotalsTraits]

  init(_ proto: OptionFields) throws(DescriptorError) {
    kind = proto.integer(1)
    table = proto.text(2)
    owner = proto.text(3)
    team = proto.text(4)
    participants = proto.text(5)
    parent = proto.text(6)
    defaultOrder = proto.text(7).isEmpty ? "create_time desc" : proto.text(7)
    grants = try proto.messages(8).map { GrantTraits($0) }
    title = proto.text(9).split(separator: " ").map(String.init)
    subtitle = proto.text(10).split(separator: " ").map(String.init)
    isPicklist = proto.flag(11)
    limit = proto.integer(12)
    open = proto.text(13)
    totals = try proto.messages(14).map { TotalsTraits($0) }
    parentReads = proto.flag(15)
    followers = proto.text(16)
    isPersonal = proto.flag(17)
  }
}

/// Counts and sums that are kept of a kind of record: `leadmesh.options.v1.Totals`.
package struct TotalsTraits: Sendable {
  package let table: String
  /// Names of fields; of a date's month, with `.month` behind it.
  package let keys: [String]
  /// Names of fields; those of the percentage and of the number may be empty.
  package let amount: String
  package let percent: String
  package let number: String

  init(_ proto: OptionFields) {
    table = proto.text(1)
    keys = proto.text(2).split(separator: " ").map(String.init)
    amount = proto.text(3)
    percent = proto.text(4)
    number = proto.text(5)
  }
}

/// What a role may do: `leadmesh.options.v1.Grant`.
package struct GrantTraits: Sendable {
  /// Of a service's option.
  static let extensionNumber: UInt32 = 51004

  package let object: String
  package let role: String
  package let actions: [String]
  /// `own`, `team`, `open` or `all`.
  package let records: String

  init(_ proto: OptionFields) {
    object = proto.text(1)
    role = proto.text(2)
    actions = proto.texts(3)
    records =
      switch proto.integer(4) {
      case 1: "own"
      case 2: "team"
      case 4: "open"
      default: "all"
      }
  }
}

/// How a field's value is to be treated: `leadmesh.options.v1.FieldTraits`.
package struct FieldTraits: Sendable {
  static let extensionNumber: UInt32 = 51002

  /// `leadmesh.options.v1.FieldFormat` by number, as `MeshProto.TextFormat` names them.
  private static let formats = [
    "line", "paragraph", "verbatim", "email", "phone", "url", "timeZone", "condition", "key",
    "date", "colour",
  ]

  package var isSensitive = false
  package var isSearchable = false
  package var isOutputOnly = false
  package var isRequired = false
  package var isSortable = false
  package var isImmutable = false
  package var maxLength = 0
  package var minimum: Int?
  package var maximum: Int?
  /// Number of a kind in `leadmesh.type.v1.Kind`; 0 for none.
  package var references = 0
  package var picklist = ""
  package var choices: [String] = []
  package var format = "line"
  package var label = ""
  /// Whether the fields of a message are fields of the record.
  package var hasParts = false
  /// Whether a write of it alone is nobody's edit.
  package var isBackground = false
  /// Fields whose values lists sort by where this one has none.
  package var sortElse: [String] = []
  /// Fields of whose values this one's is made: of the first group that has one.
  package var madeOf: [[String]] = []
  /// The table that has a row for each of a list's ids.
  package var lookup = ""
  /// What a number counts, as it is written behind the number; may be empty.
  package var unit = ""
  /// Of a list; 0 where the default applies.
  package var maxEntries = 0
  /// Whether its value follows from that of other fields, so that screens need not show it.
  package var isImplied = false

  init(_ proto: OptionFields?) {
    guard let proto else { return }
    isSensitive = proto.flag(1)
    isSearchable = proto.flag(2)
    isOutputOnly = proto.flag(3)
    isRequired = proto.flag(4)
    maxLength = proto.integer(5)
    minimum = proto.has(6) ? Self.zigzag(proto.integer(6)) : nil
    maximum = proto.has(7) ? Self.zigzag(proto.integer(7)) : nil
    references = proto.integer(8)
    picklist = proto.text(9)
    choices = proto.texts(10)
    format = Self.formats[min(max(proto.integer(11), 0), Self.formats.count - 1)]
    isSortable = proto.flag(12)
    isImmutable = proto.flag(13)
    label = proto.text(14)
    hasParts = proto.flag(15)
    isBackground = proto.flag(16)
    sortElse = proto.text(17).split(separator: " ").map(String.init)
    madeOf = proto.texts(18).map { $0.split(separator: " ").map(String.init) }
    lookup = proto.text(19)
    unit = proto.text(20)
    maxEntries = proto.integer(21)
    isImplied = proto.flag(22)
  }

  private static func zigzag(_ value: Int) -> Int { (value >> 1) ^ -(value & 1) }
}

/// What the ids of a kind look like: `leadmesh.type.v1.KindTraits`.
package struct KindTraits: Sendable {
  static let extensionNumber: UInt32 = 51005

  package let prefix: String
  package let isCore: Bool
  /// The service that has the records; empty where these are no records.
  package let service: String

  init(_ proto: OptionFields) {
    prefix = proto.text(1)
    isCore = proto.flag(2)
    service = proto.text(3)
  }
}
