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
