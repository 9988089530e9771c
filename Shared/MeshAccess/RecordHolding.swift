import MeshCore
import MeshProto

/// The ways to records that count when a caller reaches for one; each has those before it too.
package enum RecordWays: Sendable, Comparable {
  /// Holding a record: as its owner, by its team, by what it is part of, or as it is open.
  case holding
  /// Taking part in a record, or in what it is part of.
  case takingPart
  /// A share of it.
  case sharing
}

/// What a record's own fields say of who holds it: read once, however many are asked about.
struct RecordHolding {
  let id: IDWords?
  let owner: IDWords?
  let team: IDWords?
  let participants: [IDWords]
  let parent: IDWords?
  /// Whether everybody in the tenant may read it.
  var isOpen: Bool

  init<Record: RecordMessage>(_ record: Record) {
    let schema = Record.schema
    func words(_ name: String) -> IDWords? {
      if name.isEmpty { return nil }
      return schema[name].flatMap { record.value(of: $0).id }
        .map { IDWords(high: $0.high, low: $0.low) }
    }
    id = record.recordID
    owner = words(schema.holders.owner)
    team = words(schema.holders.team)
    parent = words(schema.holders.parent)
    isOpen = schema[schema.holders.open].map { record.value(of: $0) == .bool(true) } ?? false
    if let field = schema[schema.holders.participants],
      case .list(let values) = record.value(of: field)
    {
      participants = values.compactMap(\.id).map { IDWords(high: $0.high, low: $0.low) }
    } else {
      participants = []
    }
  }
}
