import MeshCore
import MeshLoop
package import MeshRPC
package import MeshRecords
import MeshProto

/// Judges records by those of other services that they name in a field: whoever may read one of these may read the
/// record, as far as the named ones have a say in it.
///
/// A record that names none is closed to nobody, and opened to nobody.
package struct NamedRecordsJudge<Record: StoredRecord>: RecordJudge {
  package let way: JudgedWay
  private let peers: RecordPeers
  private let field: RecordField

  /// - Parameters:
  ///   - peers: are asked.
  ///   - field: the name of a field with ids of records of any kind, one or many.
  ///   - way: what the named ones add to the caller's scope.
  package init(_ peers: RecordPeers, by field: String, _ way: JudgedWay) {
    guard let named = Record.schema[field] else {
      preconditionFailure("\(Record.schema.object) has no \(field)")
    }
    self.peers = peers
    self.field = named
    self.way = way
  }

  @LoopActor
  package func verdicts(on records: [Record], _ call: Call) async throws -> Verdicts {
    let named = records.map { $0.value(of: field).refs }
    let judgement = try await peers.judgement(of: named.flatMap { $0 }, call)
    let readable = named.map { refs in
      refs.isEmpty ? way == .closing : refs.contains { judgement.readable.contains($0) }
    }
    return Verdicts(readable, gaps: judgement.gaps)
  }
}

extension FieldValue {
  /// The ids in it, of one or many.
  fileprivate var refs: [RecordRef] {
    switch self {
    case .id(let ref): [ref]
    case .list(let values): values.compactMap(\.id)
    default: []
    }
  }
}
