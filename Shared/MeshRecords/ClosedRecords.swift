import MeshAccess
package import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore

// Records that a judge closes (`JudgedWay.closing`) are closed to changes, histories, names and permissions too.

extension Records {
  /// The most records that are judged at once.
  private static var closedAtOnce: Int { 200 }

  @LoopActor
  package func closed(_ ids: [IDWords], _ call: Call) async throws -> Set<IDWords> {
    guard let judge, judge.way == .closing, !ids.isEmpty else { return [] }
    return try await closed(ids, call, by: judge)
  }

  /// Refuses a record that the judge closes to the caller, as if it did not exist.
  ///
  /// It is asked before the transaction of a change, so that it can ask other services.
  ///
  /// - Throws: NOT_FOUND; UNAVAILABLE while nobody can say.
  @LoopActor
  func refuseClosed(_ id: String, _ call: Call) async throws {
    guard let words = IDWords(id, prefix: Record.schema.idPrefix) else { return }
    if try await closed([words], call).isEmpty { return }
    throw MeshError.notFound(Record.schema.object, id)
  }

  @LoopActor
  private func closed<Judge: RecordJudge>(
    _ ids: [IDWords],
    _ call: Call,
    by judge: Judge
  ) async throws -> Set<IDWords> where Judge.Record == Record {
    let records = try await reached(ids, call)
    var closed: Set<IDWords> = []
    for start in stride(from: 0, to: records.count, by: Self.closedAtOnce) {
      let part = Array(records[start..<min(start + Self.closedAtOnce, records.count)])
      let verdicts = try await judge.verdicts(on: part, call)
      guard verdicts.readable.count == part.count else { throw MeshError.internalFailure() }
      let shut = zip(part, verdicts.readable).compactMap { $1 ? nil : $0.recordID }
      if !shut.isEmpty, let gap = verdicts.gaps.min() { throw MeshError.unanswered(gap) }
      closed.formUnion(shut)
    }
    return closed
  }

  /// Those of some records that the caller would reach without a judge, and deleted ones that they could restore.
  @LoopActor
  private func reached(_ ids: [IDWords], _ call: Call) async throws -> [Record] {
    let (gate, now) = (gate, store.clock.now)
    return try await store.read(call.tenant) { transaction in
      let scope: Scope<Record> = transaction.scope(call, .read, gate)
      var records = try transaction.records(ids, in: scope)
      let present = Set(records.compactMap(\.recordID))
      for id in ids where !present.contains(id) {
        let deleted = try transaction.deleted(id, Record.self, call, gate, at: now)
        if let deleted { records.append(deleted) }
      }
      return records
    }
  }
}
