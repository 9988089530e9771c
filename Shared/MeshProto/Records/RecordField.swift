/// What generic code knows of one field of a record: declared in the proto, or added by a tenant.
package struct RecordField: Sendable, Hashable {
  /// The proto's name, `settings.time_zone` for a part of a message; `custom.<key>` for a field that a
  /// tenant added.
  package let name: String
  /// The key of a field that a tenant added; nil for one that the proto declares.
  package let customKey: String?
  /// The field's place in the generated record; that of `custom` for a field that a tenant added.
  package internal(set) var index: Int
  package let type: FieldType
  package let traits: Traits
  package let rule: FieldRule
  /// What screens call it; the generator makes it of the name where the proto does not say.
  package let label: String

  package struct Traits: OptionSet, Sendable, Hashable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Must have a value.
    package static let required = Traits(rawValue: 1)
    /// Set by the server; ignored in requests.
    package static let outputOnly = Traits(rawValue: 2)
    /// Set when the record is created and never changed.
    package static let immutable = Traits(rawValue: 4)
    /// Personal or secret: never in a log or a metric.
    package static let sensitive = Traits(rawValue: 8)
    /// Its words are found by text search.
    package static let searchable = Traits(rawValue: 16)
    /// Lists can be ordered by it.
    package static let sortable = Traits(rawValue: 32)
    /// NULL in the database when it has no value; other columns hold '', 0 or false.
    package static let nullable = Traits(rawValue: 64)
    /// Computed by the service: a write of such fields alone is nobody's edit.
    package static let background = Traits(rawValue: 128)
  }

  package init(
    _ name: String,
    _ type: FieldType,
    _ traits: Traits = [],
    _ rule: FieldRule = FieldRule(),
    label: String? = nil
  ) {
    self.name = name
    self.index = 0
    self.type = type
    self.traits = traits
    self.rule = rule
    self.label = label ?? name
    customKey =
      name.hasPrefix(Self.customPrefix) ? String(name.dropFirst(Self.customPrefix.count)) : nil
  }

  /// The column of a generated field; an amount's two begin with it.
  package var columnName: String {
    type == .etag ? "version" : String(name.map { $0 == "." ? "_" : $0 })
  }

  static let customPrefix = "custom."

  /// Whether people may set it, when the record is made or later.
  package var isInput: Bool { !traits.contains(.outputOnly) }
}

/// The type of a field's values.
package enum FieldType: Sendable, Hashable {
  case text
  case bool
  /// A whole number of 64 bits at most.
  case integer
  case decimal
  case timestamp
  case date
  case money
  case etag
  /// The id of a record whose TypeIDs have that prefix.
  case id(prefix: String)
  case ids(prefix: String)
  /// The id of a record of any kind.
  case ref
  case refs
  case texts
  /// A value of an enum of the proto, by number; the names are without the enum's prefix.
  case choice([String])
  /// A message that only its own service reads into.
  case message
  case messages
  /// The fields that tenants add.
  case custom

  /// What OpenAPI, describe and the web call it.
  package var name: String {
    switch self {
    case .text: "text"
    case .bool: "bool"
    case .integer: "integer"
    case .decimal: "decimal"
    case .timestamp: "timestamp"
    case .date: "date"
    case .money: "money"
    case .etag: "etag"
    case .id, .ref: "id"
    case .ids, .refs: "ids"
    case .texts: "texts"
    case .choice: "choice"
    case .message: "message"
    case .messages: "messages"
    case .custom: "custom"
    }
  }
}

/// What a field's value must be like, beyond its type.
package struct FieldRule: Sendable, Hashable {
  /// Unicode scalars at most; 0 when the field is no text.
  package var maxLength: Int
  /// Entries of a list at most.
  package var maxEntries: Int
  /// The range of a number, or of the minor units of an amount.
  package var minimum: Int64?
  package var maximum: Int64?
  package var format: TextFormat
  /// What a text may be; empty for anything.
  package var choices: [String]
  /// The object and the table of the tenant's list whose keys it takes; empty for none.
  package var picklist: String
  package var picklistTable: String
  /// The object of the records that it may name, "any" for those of all objects; empty for none.
  package var references: String
  /// The fields whose values lists sort by where this one has none.
  package var sortElse: [String]
  /// The fields of whose values this one's is made, joined by blanks: those of the first group that has one.
  package var madeOf: [[String]]
  /// The table that has a row for each of a list's ids, by which conditions find them; empty for none.
  package var lookup: String
  /// What is known of the entries of a list of messages; nil where people do not fill them in.
  package var entries: EntryForm?

  package init(
    maxLength: Int = 0,
    maxEntries: Int = 1_000,
    minimum: Int64? = nil,
    maximum: Int64? = nil,
    format: TextFormat = .line,
    choices: [String] = [],
    picklist: String = "",
    picklistTable: String = "",
    references: String = "",
    lookup: String = "",
    entries: EntryForm? = nil,
    sortElse: [String] = [],
    madeOf: [[String]] = []
  ) {
    self.maxLength = maxLength
    self.maxEntries = maxEntries
    self.minimum = minimum
    self.maximum = maximum
    self.format = format
    self.choices = choices
    self.picklist = picklist
    self.picklistTable = picklistTable
    self.references = references
    self.lookup = lookup
    self.entries = entries
    self.sortElse = sortElse
    self.madeOf = madeOf
  }
}

/// The form of a text.
package enum TextFormat: String, Sendable, Hashable {
  /// One line: control characters and runs of blanks become one space.
  case line
  /// Line breaks stay.
  case paragraph
  /// As it was written.
  case verbatim
  case email
  case phone
  case url
  /// An IANA time zone.
  case timeZone = "time_zone"
  /// A condition in CEL.
  case condition
  /// A tenant's key: lower-case letters, digits and underscores.
  case key
  /// As `#rrggbb`, in lower case.
  case colour
}

extension RecordField {
  /// The column with the collation key that lists are ordered by, kept beside the field's own; nil for a
  /// field that is ordered otherwise.
  package var sortKeyColumn: String? {
    let isFree =
      type == .text && rule.choices.isEmpty && rule.picklist.isEmpty && rule.format != .phone
    return traits.contains(.sortable) && isFree && !isAddress && customKey == nil
      ? columnName + "_key" : nil
  }

  /// The column with an e-mail address as addresses are compared and ordered; nil for other fields.
  package var foldedColumn: String? {
    isAddress && isInput && customKey == nil ? columnName + "_folded" : nil
  }

  /// Whether its values are e-mail addresses, which are compared in any case.
  package var isAddress: Bool { type == .text && rule.format == .email }
}
