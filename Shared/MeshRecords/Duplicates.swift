package import MeshAccess
package import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshStore

// Records of people that duplicate others of their kind: kinds with first_name, last_name, email, phone and
// duplicate_of, and the private column phone_key. A record is linked to the oldest one that it duplicates, which is
// no duplicate itself. Records that people told apart are not linked (ToldApart.swift).

/// Records that one transaction links to another one; any others follow in the background.
private let mostLinked = 200
/// Originals that a record can be told apart from in one transaction.
private let mostToldApart = 20

/// What identifies a duplicate: an e-mail address in any case, or a phone number with a name.
package struct DuplicateKeys: Sendable, Equatable {
  /// The private column that stores `phone`.
  package static let phoneColumn = "phone_key"

  /// Empty when there is no address.
  package let email: String
  /// The number without its extension; empty when there is no number or no name to go with it.
  package let phone: String
  /// The number with its extension and without, as the column stores it; nil when there is none.
  private let numbers: [String]?

  package init<Record: RecordMessage>(of record: Record) {
    func text(_ name: String) -> String {
      Record.schema[name].flatMap { record.value(of: $0).text } ?? ""
    }
    email = EmailAddress.folded(text("email"))
    let (first, last) = (
      UnicodeText.folded(text("first_name")), UnicodeText.folded(text("last_name"))
    )
    let number = text("phone")
    let parts = number.split(separator: PhoneForm.extensionMark, maxSplits: 1)
    numbers = parts.count == 2 ? [number, String(parts[0])] : nil
    let digits = (parts.first ?? "").unicodeScalars
      .filter { $0 == "+" || ("0"..."9").contains($0) }
    // Colleagues may share a switchboard's number: one without a name does not identify a
    // duplicate.
    if digits.isEmpty || (first.isEmpty && last.isEmpty) {
      phone = ""
    } else {
      phone = "\(String(String.UnicodeScalarView(digits)))\u{1F}\(first)\u{1F}\(last)"
    }
  }

  /// Whether a record has the same e-mail address; nil when there is no address to compare.
  fileprivate var sameEmail: SQL? { email.isEmpty ? nil : "email_folded = \(email)" }

  /// Whether a record has the same phone number and name; nil when there is no number to compare.
  ///
  /// Extensions are compared where both numbers have one.
  fileprivate var samePhone: SQL? {
    if phone.isEmpty { return nil }
    let same: SQL = "phone_key = \(phone) AND phone_key <> ''"
    return numbers.map { "(\(same) AND phone IN (\(list: $0)))" } ?? same
  }

  fileprivate var matches: [SQL] { [sameEmail, samePhone].compactMap(\.self) }
}

extension RecordMessage {
  /// The original that this record duplicates.
  package var original: IDWords? {
    get {
      Self.schema["duplicate_of"].flatMap { value(of: $0).id }
        .map { IDWords(high: $0.high, low: $0.low) }
    }
    set {
      guard let field = Self.schema["duplicate_of"] else { return }
      let text = newValue.map { "\(Self.schema.idPrefix)_\($0.typeIDSuffix)" }
      set(field, to: text.flatMap { TypeID($0) }.map { .id($0) } ?? .none)
    }
  }
}

extension Records {
  /// The records that a record being typed would duplicate, oldest first, 10 at most.
  ///
  /// Fields that the caller may not see are not compared either. Incomplete or wrong values match
  /// nothing.
  ///
  /// - Parameters:
  ///   - typed: the values so far; with an id, that record itself is left out.
  ///   - call: who asks.
  ///   - complete: normalizes it beyond what its fields declare.
  /// - Returns: the records as the caller sees them.
  /// - Throws: INVALID_ARGUMENT for a text far longer than any value of its field.
  @LoopActor
  package func duplicates(
    of typed: Record,
    _ call: Call,
    _ complete: (inout Record) -> Void
  ) async throws -> [RecordMatch<Record>] {
    var record = Record()
    record.take(kind.bits("email", "phone", "first_name", "last_name"), from: typed)
    // An incomplete value is not an error yet.
    var ignored = FieldCheck()
    try record.conform(to: kind, &ignored)
    complete(&record)
    let (keys, gate) = (DuplicateKeys(of: record), gate)
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      let matches = try transaction.matches(keys, in: scope, except: typed.recordID)
      return Array(matches.prefix(10))
    }
  }
}

extension ReadTransaction {
  /// Links a record to the oldest earlier one that it duplicates, or to that one's own original.
  ///
  /// When its resolution status becomes "skipped", it is told apart from what it would be linked to, 20 originals
  /// at most, and from the records linked to it, 200 at most; when it becomes "none", that is undone. A record that
  /// duplicates one which it was not told apart from becomes "none" by itself.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written.
  ///   - before: as it was; nil for a new one.
  /// - Returns: the original that it is linked to.
  /// - Throws: what the store throws.
  @discardableResult
  package func linkOriginal<Record: StoredRecord>(
    of record: inout Record,
    before: Record?
  ) throws -> Record? {
    guard let id = record.recordID else { return nil }
    let wasToldApart = before?.isToldApart ?? false
    if wasToldApart, !record.isToldApart { record.toldApartFrom = [] }
    // A new record has not been told apart from anything.
    let others = try before == nil ? [] : toldApart(from: id, Record.self)
    var isSettled = record.isToldApart
    if record.isToldApart, !wasToldApart {
      let repeating = try before == nil ? [] : duplicates(of: id, Record.self)
      record.toldApartFrom += repeating.prefix(mostLinked).compactMap(\.recordID)
      isSettled = repeating.count <= mostLinked
      for _ in 0..<mostToldApart {
        guard let next = try self.original(of: record, besides: others)?.recordID else { break }
        record.toldApartFrom.append(next)
      }
    }
    let original = try self.original(of: record, besides: others)
    record.original = original?.recordID
    record.isToldApart = isSettled && original == nil
    return original
  }

  /// The original of the oldest earlier record that this one duplicates; never one that it was told apart from, one
  /// of `others`, or a record that is linked to one of these.
  fileprivate func original<Record: StoredRecord>(
    of record: Record,
    besides others: [IDWords]
  ) throws -> Record? {
    guard let id = record.recordID else { return nil }
    let table = SQL(name: Record.schema.table)
    let apart = (record.toldApartFrom + others).map(\.bytes)
    let isCandidate: SQL =
      apart.isEmpty
      ? "TRUE" : "id NOT IN (\(list: apart)) AND coalesce(duplicate_of, id) NOT IN (\(list: apart))"
    let originals = DuplicateKeys(of: record).matches.map { match in
      """
      (SELECT coalesce(duplicate_of, id) FROM \(table)
      WHERE \(match) AND id < \(id.bytes) AND \(isCandidate) ORDER BY id LIMIT 1)
      """ as SQL
    }
    guard let one = originals.first else { return nil }
    // PostgreSQL turns a single query in parentheses into a join, and then reads the whole table.
    let isOriginal: SQL =
      originals.count == 1 ? "id = \(one)" : "id IN (\(originals.joined(by: ", ")))"
    let all: Scope<Record> = scope(forCalculation: "duplicates")
    return try records(where: isOriginal, in: all, limit: 1).first
  }

  /// The oldest record in a scope with the same address or, where none has it, with the same number and name.
  ///
  /// - Parameters:
  ///   - record: normalized as the schema says; its id does not count.
  ///   - scope: that of whoever asks; what they do not see is not compared.
  /// - Returns: nil when there is none, and for kinds whose duplicates are not looked for.
  /// - Throws: what the store throws.
  package func sameRecord<Record: StoredRecord>(
    as record: Record,
    in scope: Scope<Record>
  ) throws -> Record? {
    let schema = Record.schema
    guard schema["duplicate_of"] != nil else { return nil }
    let keys = DuplicateKeys(of: record)
    for (match, names) in [
      (keys.sameEmail, ["email"]), (keys.samePhone, ["phone", "first_name", "last_name"]),
    ] {
      let isSeen = names.allSatisfy { schema[$0].map(scope.visible.contains) == true }
      guard let match, isSeen else { continue }
      if let found = try records(where: match, in: scope, limit: 1).first { return found }
    }
    return nil
  }

  /// The records in a scope that have any of the keys, oldest first, as the caller sees them.
  fileprivate func matches<Record: StoredRecord>(
    _ keys: DuplicateKeys,
    in scope: Scope<Record>,
    except id: IDWords?
  ) throws -> [RecordMatch<Record>] {
    let ways = [
      keys.sameEmail.map { MatchWay("email", $0, by: "email") },
      keys.samePhone.map { MatchWay("phone", $0, by: "phone", "first_name", "last_name") },
    ]
    let others = id.map { Record.schema.candidates(for: $0) } ?? "TRUE"
    return try matches(ways.compactMap(\.self), where: others, in: scope)
      .sorted { left, right in
        guard let first = left.record.recordID, let other = right.record.recordID else {
          return false
        }
        return first < other
      }
  }

  /// Records that are linked to an original, oldest first: up to one more than a transaction links.
  fileprivate func duplicates<Record: StoredRecord>(of id: IDWords, _: Record.Type) throws
    -> [Record]
  {
    try records(
      where: "duplicate_of = \(id.bytes)",
      in: scope(forCalculation: "duplicates"),
      limit: mostLinked + 1
    )
  }
}

extension WriteTransaction {
  /// Links the duplicates of a written record that were not told apart from it, so that each link leads to a
  /// record that is no duplicate itself.
  ///
  /// Beyond 200, the rest is checked again in the background, by rules that search for originals.
  ///
  /// - Parameters:
  ///   - before: nil when the record was created or came back.
  ///   - after: nil when it was deleted.
  ///   - link: links a record to an original, or to none.
  /// - Throws: what the store and `link` throw.
  package func relinkDuplicates<Record: StoredRecord>(
    before: Record?,
    after: Record?,
    _ link: (Record, IDWords?) throws -> Void
  ) throws {
    try noteToldApart(before: before, after: after)
    if before == nil, let after, after.cameBack { try linkLater(than: after, link) }
    guard let before, let id = before.recordID else { return }
    if let after {
      if before.toldApartFrom != after.toldApartFrom { try relinkToldApart(after, link) }
      guard before.original == nil, let original = after.original else { return }
      let repeated = try duplicates(of: id, Record.self)
      try linkDuplicates(repeated, of: id, to: original, link)
    } else {
      let repeated = try duplicates(of: id, Record.self)
      guard let oldest = repeated.first else { return }
      try link(oldest, nil)
      try linkDuplicates(repeated.dropFirst(), of: id, to: oldest.recordID, link)
    }
  }

  /// Links duplicates that were told apart from a record to another original, if there is one; and, when a record is
  /// told apart no longer, links its later duplicates again.
  private func relinkToldApart<Record: StoredRecord>(
    _ record: Record,
    _ link: (Record, IDWords?) throws -> Void
  ) throws {
    guard let id = record.recordID else { return }
    if record.toldApartFrom.isEmpty { return try linkLater(than: record, link) }
    for each in try duplicates(of: id, Record.self) {
      try link(each, original(of: each, unlessApart: id))
    }
  }

  /// What a record is linked to: `proposed`, or another original where the two were told apart.
  private func original<Record: StoredRecord>(
    of record: Record,
    unlessApart proposed: IDWords?
  ) throws -> IDWords? {
    guard let id = record.recordID, let proposed else { return nil }
    let others = try toldApart(from: id, Record.self)
    guard (record.toldApartFrom + others).contains(proposed) else { return proposed }
    return try self.original(of: record, besides: others)?.recordID
  }

  /// Links the duplicates of a record to another original: some now, the others in the background.
  private func linkDuplicates<Record: StoredRecord>(
    _ duplicates: some Collection<Record>,
    of id: IDWords,
    to original: IDWords?,
    _ link: (Record, IDWords?) throws -> Void
  ) throws {
    for duplicate in duplicates.prefix(mostLinked - 1) {
      try link(duplicate, self.original(of: duplicate, unlessApart: original))
    }
    if duplicates.count >= mostLinked {
      try checkAgain(Record.self, where: "duplicate_of = \(id.bytes)")
    }
  }

  /// As above, for links that change nothing else.
  ///
  /// - Throws: what the store and the rules throw.
  package func relinkDuplicates<Record: StoredRecord>(
    before: Record?,
    after: Record?,
    by rules: any RecordRules<Record>
  ) throws {
    try relinkDuplicates(before: before, after: after) { _ = try link($0, to: $1, by: rules) }
  }

  /// Links a record to an original, or to none.
  ///
  /// - Returns: the record as it was written.
  /// - Throws: what the store and the rules throw.
  package func link<Record: StoredRecord>(
    _ record: Record,
    to original: IDWords?,
    by rules: any RecordRules<Record>
  ) throws -> Record {
    var linked = record
    linked.original = original
    if original != nil { linked.isToldApart = false }
    return try save(linked, before: record, by: rules)
  }

  /// Links later records that duplicate this one, and were written while it was away, to it or to its original.
  private func linkLater<Record: StoredRecord>(
    than record: Record,
    _ link: (Record, IDWords?) throws -> Void
  ) throws {
    guard let id = record.recordID else { return }
    let original = record.original ?? id
    let all: Scope<Record> = scope(forCalculation: "duplicates")
    for match in DuplicateKeys(of: record).matches {
      // Records without an original, or with a later one.
      let condition: SQL = """
        \(match) AND id > \(id.bytes) AND (duplicate_of IS NULL OR duplicate_of > \(id.bytes))
        """
      let later: [Record] = try records(where: condition, in: all, limit: mostLinked + 1)
      for each in later.prefix(mostLinked) {
        // An earlier link of this loop may have changed it already.
        guard let present = try each.recordID.flatMap({ try self.record($0, in: all) }) else {
          continue
        }
        let found = try self.original(of: present, unlessApart: original)
        if found != present.original { try link(present, found) }
      }
      if later.count > mostLinked { try checkAgain(Record.self, where: condition) }
    }
  }
}

extension RecordMessage {
  /// Whether it was written before it was deleted: a record begins with version 1.
  package var cameBack: Bool { etag != Etag(version: 1) }
}
