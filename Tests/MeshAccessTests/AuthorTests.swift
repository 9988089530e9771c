import MeshAccess
import MeshCore
import MeshRPC
import MeshStore
import Testing

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
