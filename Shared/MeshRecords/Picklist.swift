import MeshCore
package import MeshProto
package import MeshStore

/// An entry of a list that a tenant defines and other records refer to by key: a status, a source, a reason.
///
/// Generated for every record whose resource option says `picklist`.
package protocol PicklistEntry: StoredRecord {
  /// What other records store; never changes.
  var key: String { get set }
  /// What people see.
  var displayName: String { get set }
  /// From 0, without gaps.
  var position: Int32 { get set }
  /// Whether it can be chosen.
  var active: Bool? { get set }
  /// `#rrggbb`, or empty.
  var colour: String { get set }
  var description: String { get set }
}

/// A tenant's list, in its order; entries can be found by what people write.
package struct Picklist<Entry: PicklistEntry>: Sendable {
  package private(set) var entries: [Entry] = []
  private var byKey: [String: Int] = [:]
  private var byName: [String: Int] = [:]
  private var byLooseName: [String: Int] = [:]

  package init(_ entries: [Entry]) {
    for entry in entries { add(entry) }
  }

  /// The default of a record that names none.
  package var first: Entry? { entries.first { $0.isActive } }

  package subscript(_ key: String) -> Entry? { byKey[key].map { entries[$0] } }

  /// Whether a record may newly get a key: that of an entry which can be chosen.
  package func offers(_ key: String) -> Bool { self[key]?.isActive == true }

  /// The entry that a text means: by key, or by name in any case and with any separators.
  package func match(_ text: String) -> Entry? {
    self[text] ?? named(text) ?? byLooseName[Self.loose(text)].map { entries[$0] }
  }

  /// The key of the active entry that a text names, by key or by name in any case; otherwise the text.
  package func keyed(_ text: String) -> String {
    if offers(text) { return text }
    let entry = named(TextForm.cleaned(text))
    return entry?.isActive == true ? entry?.key ?? text : text
  }

  /// The entry with that name, in any case.
  package func named(_ name: String) -> Entry? {
    byName[UnicodeText.folded(name)].map { entries[$0] }
  }

  /// An unused key for a new entry of that name.
  package func newKey(of name: String) -> String {
    if let key = TenantKey.make(of: name) {
      if byKey[key] == nil { return key }
      return free(key, from: 2)
    }
    let what = Entry.schema.object.split(separator: "_").last.map(String.init) ?? "entry"
    return free(what, from: entries.count + 1)
  }

  private func free(_ key: String, from first: Int) -> String {
    var number = first
    while byKey[TenantKey.numbered(key, number)] != nil { number += 1 }
    return TenantKey.numbered(key, number)
  }

  /// A name without its separators.
  private static func loose(_ name: String) -> String {
    UnicodeText.folded(name).filter { !$0.isWhitespace && !"-_.".contains($0) }
  }

  /// Adds an entry at the end, unless its key exists.
  package mutating func add(_ entry: Entry) {
    guard byKey[entry.key] == nil else { return }
    let (name, loose) = (UnicodeText.folded(entry.displayName), Self.loose(entry.displayName))
    byKey[entry.key] = entries.count
    byName[name] = byName[name] ?? entries.count
    if !loose.isEmpty { byLooseName[loose] = byLooseName[loose] ?? entries.count }
    entries.append(entry)
  }
}

extension PicklistEntry {
  package var isActive: Bool { active ?? true }
}

extension ReadTransaction {
  /// A list of the tenant, whatever the caller may see: for the service's own rules.
  package func picklist<Entry: PicklistEntry>(
    _: Entry.Type = Entry.self
  ) throws -> Picklist<Entry> {
    Picklist(try records("ORDER BY position, key"))
  }
}

extension ReadTransaction {
  /// The key of the active entry of a list that a text means: by key, or by name in any case.
  ///
  /// - Returns: nil when it means none.
  /// - Throws: `StoreError`.
  package func activeKey(_ text: String, in table: String) throws -> String? {
    let list = SQL(name: table)
    if try value("SELECT active FROM \(list) WHERE key = \(text)", as: Bool.self) == true {
      return text
    }
    let name = UnicodeText.folded(TextForm.cleaned(text))
    let entries = try rows("SELECT key, display_name FROM \(list) WHERE active ORDER BY position") {
      (key: try $0.next(String.self), name: try $0.next(String.self))
    }
    return entries.first { UnicodeText.folded($0.name) == name }?.key
  }

  /// Replaces names of entries by their keys in a record that is about to be written, and refuses texts
  /// that mean no entry which can be chosen.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written.
  ///   - before: as it was: it keeps a key that was retired since; nil for a new one.
  ///   - check: collects the errors.
  /// - Throws: `StoreError`.
  package func checkKeys<Record: StoredRecord>(
    of record: inout Record,
    before: Record?,
    _ check: inout FieldCheck
  ) throws {
    for field in Record.schema.generated where !field.rule.picklistTable.isEmpty {
      let value = record.value(of: field)
      guard let text = value.text, value != before?.value(of: field) else { continue }
      if let key = try activeKey(text, in: field.rule.picklistTable) {
        record.set(field, to: .text(key))
        continue
      }
      let words = field.rule.picklist.split(separator: "_").joined(separator: " ")
      check.refuse(
        field.name,
        "must be one of the tenant's active \(words)s; \(text.quoted) is not"
      )
    }
  }

  /// The draft with keys in place of names of entries.
  ///
  /// - Throws: `StoreError`.
  package func keyed<Record: StoredRecord>(_ draft: Record) throws -> Record {
    var (record, ignored) = (draft, FieldCheck())
    try checkKeys(of: &record, before: nil, &ignored)
    return record
  }
}

extension WriteTransaction {
  /// Adds entries by their names to a list that has none; `field` of the records of `schema` has their keys.
  package func addEntries<Entry: PicklistEntry>(
    _: Entry.Type,
    _ names: [String],
    usedBy schema: RecordSchema,
    _ field: String
  ) throws {
    try addEntries(names, by: PicklistRules<Entry>(self, usedBy: schema, field))
  }

  /// Adds entries by their names to a list that has none.
  package func addEntries<Entry: PicklistEntry>(
    _ names: [String],
    by rules: any RecordRules<Entry>
  ) throws {
    guard try picklist(Entry.self).entries.isEmpty else { return }
    for name in names {
      var entry = Entry()
      entry.displayName = name
      _ = try create(entry, by: rules)
    }
  }
}

/// The rules of every picklist: keys are made from names in any script and never change, names are unique,
/// positions have no gaps, and entries that records use are retired rather than deleted.
///
/// Made for one transaction.
package final class PicklistRules<Entry: PicklistEntry>: RecordRules {
  private let transaction: WriteTransaction
  private let users: (schema: RecordSchema, field: String)
  /// Whether at least one entry must be there to choose.
  private let isNeeded: Bool
  private let changed: (WriteTransaction) throws -> Void
  /// Set while other entries move to make room: those writes are not checked again.
  private var isShifting = false

  /// - Parameters:
  ///   - transaction: that the rules are made for.
  ///   - schema: of the records that store the keys.
  ///   - field: their field with the key.
  ///   - isNeeded: whether at least one entry must remain that can be chosen.
  ///   - changed: runs after a change, in the same transaction.
  package init(
    _ transaction: WriteTransaction,
    usedBy schema: RecordSchema,
    _ field: String,
    isNeeded: Bool = false,
    changed: @escaping (WriteTransaction) throws -> Void = { _ in }
  ) {
    self.transaction = transaction
    users = (schema, field)
    self.isNeeded = isNeeded
    self.changed = changed
  }

  package func prepare(_ entry: inout Entry, before: Entry?, _ check: inout FieldCheck) throws {
    entry.active = entry.isActive
    let all = try transaction.picklist(Entry.self).entries
    let others = all.filter { $0.recordID != entry.recordID }
    let list = Picklist(others)
    let isRenamed = before.map { $0.displayName != entry.displayName } ?? true
    if isRenamed, let same = list.named(entry.displayName) {
      throw MeshError.alreadyExists(
        "display_name",
        "must differ from the name of the entry \(same.displayName.quoted)"
      )
    }
    // When an entry is new or restored.
    if others.count == all.count {
      if entry.key.isEmpty { entry.key = list.newKey(of: entry.displayName) }
      if let same = list[entry.key] {
        throw MeshError.alreadyExists(
          "key",
          "must differ from the key of the entry \(same.displayName.quoted)"
        )
      }
      entry.position = Int32(others.count)
    } else {
      entry.position = min(entry.position, Int32(others.count))
    }
    if isNeeded, !entry.isActive, !others.contains(where: \.isActive) {
      check.refuse("active", "must stay true: at least one must be active")
    }
  }

  package func wrote(before: Entry?, after: Entry?) throws {
    if isShifting { return }
    if let before, after == nil { try checkUnused(before) }
    if before?.position != after?.position { try shift(around: after ?? before) }
    try changed(transaction)
  }

  /// Gives every entry its position in the order.
  private func shift(around entry: Entry?) throws {
    var order = try transaction.picklist(Entry.self).entries
    if let entry, let index = order.firstIndex(where: { $0.recordID == entry.recordID }) {
      let moved = order.remove(at: index)
      order.insert(moved, at: min(Int(moved.position), order.count))
    }
    isShifting = true
    defer { isShifting = false }
    for (place, entry) in order.enumerated() where entry.position != place {
      var moved = entry
      moved.position = Int32(place)
      _ = try transaction.save(moved, before: entry, by: self)
    }
  }

  /// - Throws: FAILED_PRECONDITION while a record uses the entry, or when it is the last one.
  private func checkUnused(_ entry: Entry) throws {
    let (table, column) = (SQL(name: users.schema.table), SQL(name: users.field))
    let user = try transaction.value(
      "SELECT 1 FROM \(table) WHERE \(column) = \(entry.key) AND \(column) <> '' LIMIT 1",
      as: Int.self
    )
    let what = Entry.schema.object.split(separator: "_").joined(separator: " ")
    if user != nil {
      throw MeshError.failedPrecondition(
        "this \(what) is in use and cannot be deleted; set active to false instead"
      )
    }
    if isNeeded, try !transaction.picklist(Entry.self).entries.contains(where: \.isActive) {
      throw MeshError.failedPrecondition("the last \(what) that is active cannot be deleted")
    }
  }
}
