import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func createImport(_ request: CreateImportRequest, _ call: Call) async throws -> LeadsAPI.Import {
    guard let message = request.import else { throw MeshError.invalid("import", "is missing") }
    let mapping = try message.requestedMapping()
    let mayConfigure = access.may(call, "lead_status", "create")
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        _ = try transaction.rulesVersion()
        let job = ImportJob(
          id: transaction.ids.next(),
          version: 1,
          fileName: message.fileName,
          mapping: mapping,
          state: .receiving,
          receivedBytes: 0,
          progress: ImportProgress(),
          failure: "",
          creator: call.caller.actor,
          onBehalfOf: call.caller.member,
          mayConfigure: mayConfigure,
          createTime: transaction.now,
          startTime: nil,
          endTime: nil
        )
        try transaction.createImport(job)
        return LeadsAPI.Import(job)
      }
    }
  }
}
