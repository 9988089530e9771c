import MeshCore
import MeshCrypto
package import MeshProto
package import MeshStore

// Wishes not to be contacted. A wish belongs to an address or a number, not to the record of whoever had it first:
// other records with the same one take it over. The table `contact_wishes` of the service keeps the wishes at
// addresses and numbers that no record has any longer, with a row of record_id, channel and digest for each.

/// A kind of record that people can be contacted by.
package protocol Contactable: StoredRecord {
  /// The ways to contact them, each of which they may refuse.
  static var contactWays: [ContactWay] { get }
}

/// A way to contact somebody: the field with the address or number, and the field that says that they refuse it.
package struct ContactWay: Sendable {
  fileprivate let channel: String
  private let address: RecordField
  private let wish: RecordField
  private let refusal: FieldValue
  /// The column that the address or number is compared by.
  fileprivate let column: SQL
  /// The condition that a row refuses it.
  ///
  /// A text in it is a literal, so that an index with the same condition is used.
  fileprivate let condition: SQL

  /// - Parameters:
  ///   - schema: of the kind of record; nothing is made of fields that it does not have.
  ///   - channel: a name that never changes: kept wishes are found by it.
  ///   - address: the field with the address or number.
  ///   - wish: the field that refuses it.
  ///   - refusal: the text by which that field refuses; nil for a field that is true then.
  package init?(
    _ schema: RecordSchema,
    _ channel: String,
    at address: String,
    refusedBy wish: String,
    _ refusal: StaticString? = nil
  ) {
    guard let address = schema[address], let wish = schema[wish] else { return nil }
    (self.channel, self.address, self.wish) = (channel, address, wish)
    column = SQL(name: address.foldedColumn ?? address.columnName)
    let flag = SQL(name: wish.columnName)
    if let refusal {
      self.refusal = .text(refusal.description)
      condition = flag + " = '" + SQL(stringLiteral: refusal) + "'"
    } else {
      self.refusal = .bool(true)
      condition = flag
    }
  }

  /// What a record is contacted at; nil if there is nothing.
  fileprivate func point(of record: some RecordMessage) -> ContactPoint? {
    guard let text = record.value(of: address).text, !text.isEmpty else { return nil }
    let isFolded = address.foldedColumn != nil
    return ContactPoint(channel: channel, text: isFolded ? EmailAddress.folded(text) : text)
  }

  /// Whether two records have the same address or number, as it is written.
  fileprivate func isSame<Record: RecordMessage>(of record: Record, and other: Record) -> Bool {
    record.value(of: address) == other.value(of: address)
  }

  fileprivate func isRefused(by record: some RecordMessage) -> Bool {
    record.value(of: wish) == refusal
  }

  fileprivate func refuse(_ record: inout some RecordMessage) { record.set(wish, to: refusal) }
}

/// Who of those that some records may be about asked not to be contacted.
package struct ContactWishes<Record: Contactable>: Sendable {
  private var refused: Set<ContactPoint> = []

  /// Reads the wishes at the addresses and numbers of some records: of all records that have these, and those kept.
  ///
  /// - Parameters:
  ///   - records: with their addresses and numbers in the form in which they are stored.
  ///   - transaction: in which they are written.
  /// - Throws: `StoreError`.
  package init(about records: [Record], _ transaction: ReadTransaction) throws {
    let points = Set(records.flatMap(\.contactPoints))
    if points.isEmpty { return }
    let table = SQL(name: Record.schema.table)
    for way in Record.contactWays {
      let texts = points.filter { $0.channel == way.channel }.map(\.text)
      if texts.isEmpty { continue }
      let found = try transaction.rows(
        """
        SELECT \(way.column) FROM \(table)
        WHERE \(way.condition) AND \(way.column) IN (\(list: texts))
        """
      ) { row in try row.next(String.self) }
      for text in found { refused.insert(ContactPoint(channel: way.channel, text: text)) }
    }
    let kept = Set(
      try transaction.rows(
        "SELECT digest FROM contact_wishes WHERE digest IN (\(list: points.map(\.digest)))"
      ) { row in try row.next([UInt8].self) }
    )
    if !kept.isEmpty { refused.formUnion(points.filter { kept.contains($0.digest) }) }
  }

  /// Notes the wishes of a record that was written since.
  package mutating func note(_ record: Record) { refused.formUnion(record.refusedPoints) }

  /// Gives a record the wishes of whoever has its address or number.
  fileprivate func complete(_ record: inout Record) {
    for way in Record.contactWays {
      if let point = way.point(of: record), refused.contains(point) { way.refuse(&record) }
    }
  }
}

extension Contactable {
  /// Refuses what another record refuses.
  package mutating func takeWishes(of other: Self) {
    for way in Self.contactWays where way.isRefused(by: other) { way.refuse(&self) }
  }

  fileprivate func isContacted(as other: Self) -> Bool {
    Self.contactWays.allSatisfy { $0.isSame(of: self, and: other) }
  }

  fileprivate var contactPoints: Set<ContactPoint> {
    Set(Self.contactWays.compactMap { $0.point(of: self) })
  }

  fileprivate var refusedPoints: Set<ContactPoint> {
    let refused = Self.contactWays.filter { $0.isRefused(by: self) }
    return Set(refused.compactMap { $0.point(of: self) })
  }
}

extension WriteTransaction {
  /// Gives a record the wishes at its address and number, if these are not those that it had: a wish that somebody
  /// lifted stays lifted.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written, with its number in the form in which it is stored.
  ///   - before: as it was; nil for one that is new or comes out of the trash.
  ///   - known: wishes that were read before; nil to read those of this record.
  /// - Throws: `StoreError`.
  package func takeOverWishes<Record: Contactable>(
    in record: inout Record,
    before: Record?,
    known: ContactWishes<Record>? = nil
  ) throws {
    if let before, record.isContacted(as: before) { return }
    try (known ?? ContactWishes(about: [record], self)).complete(&record)
  }

  /// Keeps the wishes at an address or a number that a record has no longer, as digests, and forgets those at one that
  /// it has again: they are in the record.
  ///
  /// - Parameters:
  ///   - before: nil when the record was created or restored.
  ///   - after: nil when it was deleted.
  /// - Throws: `StoreError`.
  package func keepWishes<Record: Contactable>(before: Record?, after: Record?) throws {
    let wasThere = before != nil || after?.cameBack == true
    guard wasThere, let id = (after ?? before)?.recordID else { return }
    if let before, let after, after.isContacted(as: before) { return }
    let own = after?.contactPoints ?? []
    if !own.isEmpty {
      try post(
        """
        DELETE FROM contact_wishes
        WHERE record_id = \(id.bytes) AND digest IN (\(list: own.map(\.digest)))
        """
      )
    }
    for point in (before?.refusedPoints ?? []).subtracting(own) {
      try post(
        """
        INSERT INTO contact_wishes (record_id, channel, digest)
        VALUES (\(id.bytes), \(point.channel), \(point.digest))
        ON CONFLICT (tenant_id, record_id, channel, digest) DO NOTHING
        """
      )
    }
  }
}

/// An address or a number for one way of contact.
private struct ContactPoint: Hashable, Sendable {
  let channel: String
  let text: String

  /// What is kept of it once no record has it.
  var digest: [UInt8] { SHA256.hash(Array("\(channel)\u{0}\(text)".utf8)) }
}
