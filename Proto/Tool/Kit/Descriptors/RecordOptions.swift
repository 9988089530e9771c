import MeshProto

/// What a message's option says of a kind of record: `leadmesh.options.v1.ResourceTraits`.
struct ResourceTraits {
  static let extensionNumber: UInt32 = 51003

  /// Number of the kind in `leadmesh.type.v1.Kind`.
  let kind: Int
  let table: String
  let owner: String
  let team: String
  let participants: String
  let parent: String
  let defaultOrder: String
  let grants: [GrantTraits]

  init(_ proto: DynamicMessage) throws(WireError) {
    kind = proto.integer(1)
    table = proto.text(2)
    owner = proto.text(3)
    team = proto.text(4)
    participants = proto.text(5)
    parent = proto.text(6)
    defaultOrder = proto.text(7).isEmpty ? "create_time desc" : proto.text(7)
    grants = try proto.messages(8).map { GrantTraits($0) }
  }
}

/// What a role may do: `leadmesh.options.v1.Grant`.
struct GrantTraits {
  /// Of a service's option.
  static let extensionNumber: UInt32 = 51004

  let object: String
  let role: String
  let actions: [String]
  /// `own`, `team` or `all`.
  let records: String

  init(_ proto: DynamicMessage) {
    object = proto.text(1)
    role = proto.text(2)
    actions = proto.texts(3)
    records =
      switch proto.integer(4) {
      case 1: "own"
      case 2: "team"
      default: "all"
      }
  }
}

/// How a field's value is to be treated: `leadmesh.options.v1.FieldTraits`.
struct FieldTraits {
  static let extensionNumber: UInt32 = 51002

  /// `leadmesh.options.v1.FieldFormat` by number, as `MeshProto.TextFormat` names them.
  private static let formats = [
    "line", "paragraph", "verbatim", "email", "phone", "url", "timeZone", "condition", "key",
    "date",
  ]

  var isSensitive = false
  var isSearchable = false
  var isOutputOnly = false
  var isRequired = false
  var isSortable = false
  var isImmutable = false
  var maxLength = 0
  var minimum: Int?
  var maximum: Int?
  /// Number of a kind in `leadmesh.type.v1.Kind`; 0 for none.
  var references = 0
  var picklist = ""
  var choices: [String] = []
  var format = "line"
  var label = ""
  /// Whether the fields of a message are fields of the record.
  var hasParts = false

  init(_ proto: DynamicMessage?) {
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
  }

  private static func zigzag(_ value: Int) -> Int { (value >> 1) ^ -(value & 1) }
}

/// What the ids of a kind look like: `leadmesh.type.v1.KindTraits`.
struct KindTraits {
  static let extensionNumber: UInt32 = 51005

  let prefix: String
  let isCore: Bool

  init(_ proto: DynamicMessage) {
    prefix = proto.text(1)
    isCore = proto.flag(2)
  }
}
