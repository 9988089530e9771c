import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  /// How long after its conversion a lead can be unconverted.
  private static var longestTime: Duration { .seconds(86_400) }

  @LoopActor
  func unconvertLead(_ request: UnconvertLeadRequest, _ call: Call) async throws -> Lead {
    try await leads.prepare(call.tenant)
    let mark = RequestMark(request, key: request.requestId, call)
    let (gate, unconversions) = (gate, unconversions)
    let beginning = try await store.write(
      call.tenant,
      as: Author(call),
      lock: LeadRules.lock
    ) { transaction in
      let lead = try transaction.editable(
        request.id,
        RecordAction("convert"),
        call,
        gate,
        Lead.self
      )
      return try transaction.begin(unconversions, once: mark) {
        guard lead.converted, let time = lead.conversionTime else {
          throw ConversionFault.isNotConverted
        }
        guard transaction.now <= time + Self.longestTime else { throw ConversionFault.isTooOld }
        // Deals is asked first, and what it deletes does not come back.
        guard try transaction.kept(lead) != nil else { throw ConversionFault.isNotKept }
        return NewCommand(in: call.tenant, about: lead.idText, LeadConversion(leadId: lead.id))
      }
    }
    _ = try await unconversions.finish(beginning)
    return try await leads.get(request.id, call)
  }
}
