import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshStore

/// Judges records by those that they name in a field, of other services or of the service's own kinds: whoever may read
/// one of these passes.
///
/// A record that names none keeps the caller's scope: it is neither closed nor opened.
package struct NamedRecordsJudge<Record: StoredRecord>: RecordJudge {
  package let way: JudgedWay
  private let peers: RecordPeers
  private let field: RecordField
  private let own: OwnKinds?

  /// This service's kinds of records, and where they are.
  package typealias OwnKinds = (store: Store, kinds: [any RecordCollection])

  /// - Parameters:
  ///   - peers: the services of the named records that are not its own.
  ///   - field: the name of a field with ids of records of any kind, one or many.
  ///   - way: whether the named records widen the caller's scope or narrow it.
  ///   - own: the service's own kinds that a record may name: the caller may read those of them in their scope.
  package init(
    _ peers: RecordPeers,
    by field: String,
    _ way: JudgedWay,
    own: OwnKinds? = nil
  ) {
    guard let named = Record.schema[field] else {
      preconditionFailure("\(Record.schema.object) has no \(field)")
    }
    self.peers = peers
    self.field = named
    self.way = way
    self.own = own
  }

  @LoopActor
  package func verdicts(on records: [Record], _ call: Call) async throws -> Verdicts {
    let named = records.map { $0.value(of: field).ids }
    let all = named.flatMap { $0 }
    let judgement = try await peers.judgement(of: all, call)
    let known = judgement.readable.union(try await readableHere(all, call))
    let readable = named.map { refs in
      refs.isEmpty ? way == .closing : refs.contains { known.contains($0) }
    }
    return Verdicts(readable, gaps: judgement.gaps)
  }

  /// Those of some records that are of the service's own kinds and in the caller's scope.
  @LoopActor
  private func readableHere(_ refs: [RecordRef], _ call: Call) async throws -> Set<RecordRef> {
    guard let own, !refs.isEmpty else { return [] }
    let kinds = own.kinds
    return try await own.store.read(call.tenant) { transaction in
      var readable: Set<RecordRef> = []
      for kind in kinds {
        let ofKind = refs.filter { $0.prefix == kind.kind.idPrefix }
        let allowed = try kind.permissions(.read, ofKind.map(\.words), call, in: transaction)
        readable.formUnion(ofKind.filter { allowed[$0.words] == true })
      }
      return readable
    }
  }
}
