import MeshAccess
import MeshCore
import MeshRPC
import MeshStore
import Testing

@Suite struct `Record access` {
  private let member: MemberID = IDGenerator.system.next()

  @Test func `is the same for a row in SQL and a record in memory`() {
    #expect(RecordAccess.own(member).predicate(owner: "owner_id") == "owner_id = \(member)")
    #expect(RecordAccess.all.predicate(owner: "owner_id") == "TRUE")
    #expect(RecordAccess.none.predicate(owner: "owner_id") == "FALSE")
    let other: MemberID = IDGenerator.system.next()
    let owners = [member, other, nil]
    #expect(owners.map { RecordAccess.own(member).includes(owner: $0) } == [true, false, false])
    #expect(owners.map { RecordAccess.all.includes(owner: $0) } == [true, true, true])
    #expect(owners.map { RecordAccess.none.includes(owner: $0) } == [false, false, false])
  }
}

@Suite struct `The author of a call's changes` {
  @Test func `is its caller, with the member it acts for and where it came from`() {
    let member: MemberID = IDGenerator.system.next()
    let origin = Origin(requestID: "r-1", address: "192.0.2.7")
    let call = Call(
      caller: Caller(tenant: nil, identity: .system("leads"), onBehalfOf: member),
      origin: origin
    )
    #expect(
      Author(call)
        == Author(actor: "system:leads", onBehalfOf: member.description, origin: origin)
    )
  }
}
