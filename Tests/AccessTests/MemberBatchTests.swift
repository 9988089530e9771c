import AccessAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshTesting
import RecordsAPI
import Testing

@testable import AccessService

@Suite @LoopActor struct `Changing many members` {
  private let fixture: AccessFixture
  private let members: [Member]

  init() async throws {
    fixture = try await AccessFixture()
    try await fixture.makeOwner()
    _ = try await fixture.addMember("ada@acme.example", role: "admin")
    members = [
      try await fixture.addMember("rita@acme.example"),
      try await fixture.addMember("rob@acme.example"),
    ]
  }

  private var records: [any RecordCollection] { [fixture.rpc.members] }

  private func start(_ call: Call) async throws -> IDWords {
    let started = try await fixture.rpc.batchUpdateMembers(
      BatchUpdateMembersRequest(
        ids: members.map(\.idText),
        member: Member(takesLeads: false),
        updateMask: .init(paths: ["takes_leads"])
      ),
      call
    )
    return try #require(IDWords(started.id, prefix: "access_operation"))
  }

  /// Works an operation through, and gives the reason of each refusal.
  private func finish(_ id: IDWords) async throws -> [String] {
    let worker = OperationWorker(records, fixture.files.store)
    while try await worker.step(id, of: fixture.tenant) {}
    return try await RecordServices(records, fixture.files.store).listOperationResults(
      ListOperationResultsRequest(id: "access_operation_\(id.typeIDSuffix)"),
      fixture.call(as: "operator")
    ).results.map(\.reason)
  }

  @Test func `goes on after the session in which it was started`() async throws {
    let ada = try fixture.call(try await fixture.login("ada@acme.example"))
    let id = try await start(ada)
    _ = try await fixture.rpc.logout(LogoutRequest(), ada)
    #expect(try await finish(id) == ["", ""])
    let rita = try await fixture.rpc.getMember(
      GetMemberRequest(id: members[0].idText),
      fixture.call(as: "operator")
    ).message()
    #expect(rita.takesLeads == false && rita.updatedBy == ada.caller.actor)
  }

  @Test func `ends for an admin who no longer is one`() async throws {
    let ada = try fixture.call(try await fixture.login("ada@acme.example"))
    let id = try await start(ada)
    let member = Member(id: ada.caller.member, role: "rep")
    _ = try await fixture.rpc.updateMember(
      UpdateMemberRequest(member: member, updateMask: .init(paths: ["role"])),
      fixture.call(as: "operator")
    )
    #expect(try await finish(id) == ["PERMISSION_DENIED", "PERMISSION_DENIED"])
    let refused = await refusal { _ = try await start(ada) }
    #expect(refused?.code == .permissionDenied, "it does not even start")
  }

  @Test func `tells their history and exports them without what proves who they are`() async throws
  {
    let call = try fixture.call(try await fixture.login())
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: members[1].idText),
      call
    )
    let history = try await fixture.rpc.listMemberHistory(
      ListHistoryRequest(id: members[1].idText),
      call
    )
    #expect(history.entries.map(\.action) == ["update", "create"])
    #expect(history.entries[0].changes == [FieldChange(field: "active", old: "true", new: "false")])
    let file = try await fixture.rpc.exportMembers(ExportRequest(), call)
    let lines = String(decoding: file.content, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 5 && lines[0].hasPrefix("id,etag,email,display_name,role,owner"))
    #expect(!lines[0].contains("password"))
  }
}
