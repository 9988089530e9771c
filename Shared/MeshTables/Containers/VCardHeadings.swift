/// The columns of the table that a file of vCards becomes: those of an export of Google Contacts.
struct VCardHeadings {
  /// What a contact has one of.
  enum Single: String, CaseIterable {
    case fullName = "Name"
    case firstName = "First Name"
    case middleName = "Middle Name"
    case lastName = "Last Name"
    case prefix = "Name Prefix"
    case suffix = "Name Suffix"
    case nickname = "Nickname"
    case company = "Organization Name"
    case jobTitle = "Organization Title"
    case department = "Organization Department"
    case role = "Role"
    case birthday = "Birthday"
    case notes = "Notes"
    case labels = "Labels"
    case uid = "UID"

    /// - Parameter property: its name in a vCard.
    init?(property: String) {
      switch property {
      case "FN": self = .fullName
      case "NICKNAME": self = .nickname
      case "TITLE": self = .jobTitle
      case "ROLE": self = .role
      case "NOTE": self = .notes
      case "CATEGORIES": self = .labels
      case "UID": self = .uid
      default: return nil
      }
    }
  }

  private static let addressParts = [
    "PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country", "Formatted",
  ]

  /// Properties whose names a remark has.
  private static let mostUnread = 20

  private var used: Set<Single> = []
  private var unread: Set<String> = []
  private var counts = Array(repeating: 0, count: VCard.Kind.allCases.count)

  /// Takes a contact into account.
  mutating func add(_ card: VCard) {
    used.formUnion(card.values.keys)
    if unread.count < Self.mostUnread { unread.formUnion(card.unread) }
    for kind in VCard.Kind.allCases {
      let count = min(card.entries[kind.rawValue].count, kind.most)
      counts[kind.rawValue] = max(counts[kind.rawValue], count)
    }
  }

  /// A remark on what contacts have that no column is for; nil if there is nothing.
  var remark: String? {
    let names = unread.sorted().prefix(Self.mostUnread).map(ContainerFault.shortened)
    return names.isEmpty ? nil : "properties that were not read: \(names.joined(separator: ", "))"
  }

  private var singles: [Single] { Single.allCases.filter(used.contains) }

  /// The columns that any contact fills.
  var row: [String] {
    var row = singles.map(\.rawValue)
    for kind in VCard.Kind.allCases {
      for place in 0..<counts[kind.rawValue] {
        let (name, parts) = Self.column(kind)
        row += (["Label"] + parts).map { "\(name) \(place + 1) - \($0)" }
      }
    }
    return row
  }

  /// A contact in these columns.
  ///
  /// - Parameter card: finished; entries beyond the last column are in that one too, as Google writes them.
  /// - Returns: a cell for each column of `row`.
  func row(of card: VCard) -> [String] {
    var row = singles.map { card.values[$0] ?? "" }
    for kind in VCard.Kind.allCases {
      let width = Self.column(kind).parts.count
      let entries = card.entries[kind.rawValue]
      let count = counts[kind.rawValue]
      for place in 0..<count {
        guard place < entries.count else {
          row += Array(repeating: "", count: width + 1)
          continue
        }
        var values = entries[place].values
        if width == 1, place == count - 1 {
          values = [entries[place...].flatMap(\.values).joined(separator: " ::: ")]
        }
        row += [entries[place].label] + values.prefix(width)
      }
    }
    return row
  }

  private static func column(_ kind: VCard.Kind) -> (name: String, parts: [String]) {
    switch kind {
    case .email: ("E-mail", ["Value"])
    case .phone: ("Phone", ["Value"])
    case .address: ("Address", addressParts)
    case .website: ("Website", ["Value"])
    case .event: ("Event", ["Value"])
    }
  }
}
