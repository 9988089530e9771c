import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

extension DealsRPC {
  @LoopActor
  func undoConversion(
    _ request: UndoConversionRequest,
    _ call: Call
  ) async throws -> WellKnown.Empty {
    guard let lead = request.leadId else { throw MeshError.invalid("lead_id", "must be given") }
    let (peers, mark) = (peers, RequestMark(request, key: request.requestId, call))
    return try await store.write(call.tenant, as: Author(call), lock: Self.lock) { transaction in
      try transaction.once(mark) {
        let made = MadeRecords(for: lead.words, in: Self.conversions, transaction)
        let kinds = [Deal.schema, Contact.schema, Account.schema]
        try made.undo(by: DealRules(transaction: transaction, peers: peers))
        let contacts = ContactRules(transaction: transaction, peers: peers)
        try made.undo(by: contacts, unlessNamedBy: kinds)
        let accounts = AccountRules(transaction: transaction, peers: peers)
        try made.undo(by: accounts, unlessNamedBy: kinds)
        return WellKnown.Empty()
      }
    }
  }
}
