/// The contact that a vCard describes.
struct VCard {
  /// A value of several of its kind: a number, an address.
  struct Entry {
    var label: String
    /// More than one for a postal address, whose parts they are.
    var values: [String]
    var isPreferred: Bool
    /// Whether it is none to reach somebody by, such as a fax number.
    var isLast = false
    var group: Substring
  }

  /// What there may be several of, and how many of each are kept apart.
  enum Kind: Int, CaseIterable {
    case email, phone, address, website, event

    var most: Int {
      switch self {
      case .email, .phone: 20
      default: 5
      }
    }
  }

  /// Entries of one contact, of all kinds.
  private static let mostEntries = 500

  /// Values that there is one of, by their headings.
  private(set) var values: [VCardHeadings.Single: String] = [:]
  private(set) var entries: [[Entry]] = Array(repeating: [], count: Kind.allCases.count)
  /// Labels of groups, as Apple writes them.
  private var labels: [Substring: String] = [:]
  private var count = 0
  /// Whether it is a list of other contacts, as Apple and version 4.0 have it.
  private var isGroup = false
  /// Properties that say something of the contact and have no column.
  private(set) var unread: Set<String> = []

  /// Whether it is no contact, or nothing is known of it.
  var isEmpty: Bool { isGroup || values.isEmpty && entries.allSatisfy(\.isEmpty) }

  mutating func add(_ property: VCardProperty) {
    count += 1
    guard count <= Self.mostEntries else { return }
    switch property.name {
    case "N": addName(property.components)
    case "ORG": addOrganization(property.components)
    case "X-ABLABEL": labels[property.group] = Self.plain(property.text)
    case "EMAIL": add(.email, property, Self.address(property.text, "mailto:"))
    case "TEL": add(.phone, property, Self.address(property.text, "tel:"))
    case "URL", "X-SOCIALPROFILE": add(.website, property, property.text)
    case "ADR": addAddress(property)
    case "ANNIVERSARY", "X-ANNIVERSARY", "X-ABDATE":
      add(.event, property, Self.date(property.text))
    case "BDAY": put(Self.date(property.text), in: .birthday)
    case "KIND", "X-ADDRESSBOOKSERVER-KIND":
      isGroup = isGroup || property.text.lowercased() == "group"
    default:
      if let single = VCardHeadings.Single(property: property.name) {
        put(property.text, in: single)
      } else if !Self.silent.contains(property.name), !property.text.isEmpty {
        unread.insert(property.name)
      }
    }
  }

  /// Properties that are about the card and not about the contact.
  private static let silent: Set<String> = [
    "BEGIN", "END", "VERSION", "PRODID", "REV", "SOURCE", "PROFILE", "CLASS", "MAILER", "XML",
    "CLIENTPIDMAP", "SORT-STRING", "X-ABADR", "X-ABUID", "X-ABSHOWAS", "X-ABORDER", "CALURI",
    "X-PHONETIC-FIRST-NAME", "X-PHONETIC-LAST-NAME", "X-PHONETIC-ORG", "X-IMAGETYPE",
    "X-IMAGEHASH", "X-SHARED-PHOTO-DISPLAY-PREF", "X-FILE-AS", "X-EVOLUTION-FILE-AS", "AGENT",
  ]

  /// Puts what is preferred first, what cannot be used last, and labels on what has them by its group.
  mutating func finish() {
    for kind in entries.indices {
      for place in entries[kind].indices {
        guard let label = labels[entries[kind][place].group] else { continue }
        entries[kind][place].label = label
      }
      let (usual, last) = (entries[kind].filter { !$0.isLast }, entries[kind].filter(\.isLast))
      entries[kind] = usual.filter(\.isPreferred) + usual.filter { !$0.isPreferred } + last
    }
    // The name in one piece is needed only where its parts are not known, and is not that of the company.
    let hasParts = values[.firstName] != nil || values[.lastName] != nil
    if hasParts || values[.fullName] == values[.company] { values[.fullName] = nil }
  }

  private mutating func put(_ text: String, in single: VCardHeadings.Single) {
    if !text.isEmpty, values[single] == nil { values[single] = text }
  }

  private mutating func addName(_ parts: [String]) {
    let fields: [VCardHeadings.Single] = [.lastName, .firstName, .middleName, .prefix, .suffix]
    for (field, part) in zip(fields, parts) {
      put(part.split(separator: ",").joined(separator: " "), in: field)
    }
  }

  private mutating func addOrganization(_ parts: [String]) {
    put(parts.first ?? "", in: .company)
    put(parts.dropFirst().filter { !$0.isEmpty }.joined(separator: ", "), in: .department)
  }

  private mutating func addAddress(_ property: VCardProperty) {
    let parts = property.components + Array(repeating: "", count: 7)
    let isBlank = parts.allSatisfy(\.isEmpty) && property.label.isEmpty
    if isBlank { return }
    add(.address, property, parts: Array(parts.prefix(7)) + [property.label])
  }

  private mutating func add(_ kind: Kind, _ property: VCardProperty, _ text: String) {
    if !text.isEmpty { add(kind, property, parts: [text]) }
  }

  private mutating func add(_ kind: Kind, _ property: VCardProperty, parts: [String]) {
    let isFax = property.types.contains { $0 == "FAX" || $0 == "PAGER" }
    entries[kind.rawValue].append(
      Entry(
        label: Self.label(property.types),
        values: parts,
        isPreferred: property.isPreferred,
        isLast: isFax,
        group: property.group
      )
    )
  }

  /// What Google Contacts calls entries of these types.
  private static func label(_ types: [String]) -> String {
    let place = types.contains("WORK") ? "Work" : types.contains("HOME") ? "Home" : ""
    if types.contains("FAX") { return place.isEmpty ? "Fax" : "\(place) Fax" }
    if types.contains("CELL") || types.contains("IPHONE") { return "Mobile" }
    if types.contains("PAGER") { return "Pager" }
    if types.contains("MAIN") { return "Main" }
    return place.isEmpty && types.contains("OTHER") ? "Other" : place
  }

  /// A label as it is shown: Apple writes its own as `_$!<Mobile>!$_`.
  private static func plain(_ label: String) -> String {
    guard label.hasPrefix("_$!<"), label.hasSuffix(">!$_"), label.count >= 8 else { return label }
    return String(label.dropFirst(4).dropLast(4))
  }

  /// A date with the dashes that RFC 6350 leaves out: `19800412`.
  private static func date(_ text: String) -> String {
    let digits = Array(text.utf8)
    guard digits.count == 8, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else {
      return text
    }
    return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
  }

  private static func address(_ text: String, _ scheme: String) -> String {
    text.lowercased().hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
  }
}
