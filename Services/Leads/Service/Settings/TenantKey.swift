/// Keys of what a tenant names itself: statuses and sources.
enum TenantKey {
  /// 1 to 60 lower-case letters, digits and underscores, beginning with a letter or digit.
  static func isValid(_ key: String) -> Bool {
    (1...60).contains(key.utf8.count) && key.utf8.first != UInt8(ascii: "_")
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// The key that a name gives: "Attempted to Contact" is "attempted_to_contact".
  ///
  /// - Returns: nil when the name has no letter or digit of ASCII.
  static func make(of name: String) -> String? {
    var key = ""
    var pendingUnderscore = false
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9":
        if pendingUnderscore && !key.isEmpty { key += "_" }
        pendingUnderscore = false
        key.unicodeScalars.append(scalar)
      default: pendingUnderscore = true
      }
      if key.utf8.count >= 60 { break }
    }
    let result = String(key.prefix(60))
    return isValid(result) ? result : nil
  }
}

/// Something a tenant names, which leads carry by key: a status or a source.
struct PicklistEntry: Sendable, Equatable {
  let key: String
  let name: String
}

/// A tenant's statuses or sources, found as people write them.
struct KeyTable: Sendable {
  private(set) var entries: [PicklistEntry]
  private var byKey: [String: Int] = [:]
  private var byName: [String: Int] = [:]

  init(_ entries: [PicklistEntry]) {
    self.entries = []
    for entry in entries { add(entry) }
  }

  /// What a new lead gets when it says nothing.
  var first: PicklistEntry? { entries.first }

  func contains(_ key: String) -> Bool { byKey[key] != nil }

  /// The entry that a person means: by key, or by name in any case.
  func match(_ text: String) -> PicklistEntry? {
    (byKey[text] ?? byName[text.lowercased()]).map { entries[$0] }
  }

  /// Adds an entry at the end; one whose key is there already is passed over.
  mutating func add(_ entry: PicklistEntry) {
    guard byKey[entry.key] == nil else { return }
    byKey[entry.key] = entries.count
    byName[entry.name.lowercased()] = byName[entry.name.lowercased()] ?? entries.count
    entries.append(entry)
  }
}
