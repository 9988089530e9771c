import Glibc
import MeshCore
import MeshLoop
import MeshRPC
import Testing

@Suite struct `A call` {
  private let tenant: TenantID = IDGenerator.system.next()
  private let member: MemberID = IDGenerator.system.next()
  private let origin = Origin(
    requestID: "r-1",
    address: "192.0.2.7",
    agent: "curl/8",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
  )

  private func head(_ metadata: Metadata, uid: UInt32?) -> CallHead {
    CallHead(
      path: "/x.v1.X/Y",
      needs: .none,
      metadata: metadata,
      peer: uid.map { PeerCredentials(uid: $0, gid: 0, pid: 1) }
    )
  }

  @Test func `arrives with what its options sent`() {
    let options = CallOptions(
      authorization: .system("leads", tenant: tenant, onBehalfOf: member),
      idempotencyKey: "key-1",
      origin: origin
    )
    let sent = options.sentMetadata
    #expect(sent[MetadataKey.caller] == "system:leads")
    #expect(sent[MetadataKey.tenant] == tenant.description)
    #expect(sent[MetadataKey.onBehalfOf] == member.description)
    let caller = Caller(tenant: tenant, identity: .system("leads"))
    let call = Call(head(sent, uid: geteuid()), by: caller)
    #expect(call.origin == origin)
    #expect(call.idempotencyKey == "key-1")
    #expect(call.tenant == tenant)
  }

  @Test func `is not believed about its origin by a stranger`() {
    let sent = CallOptions(origin: origin).sentMetadata
    let caller = Caller(tenant: nil, identity: .anonymous)
    for uid in [geteuid() &+ 1000, nil] {
      let call = Call(head(sent, uid: uid), by: caller)
      #expect(call.origin == Origin(requestID: "r-1", traceparent: origin.traceparent))
    }
  }

  @Test func `cuts off what would swell the change log`() {
    let long = Origin(requestID: String(repeating: "x", count: 10_000))
    let sent = CallOptions(origin: long).sentMetadata
    let call = Call(head(sent, uid: nil), by: Caller(tenant: nil, identity: .anonymous))
    #expect(call.origin.requestID.count == 256)
  }

  @Test func `carries bytes as base 64, padded or not`() {
    var metadata = Metadata()
    metadata.addBinary("trace-bin", [1, 2, 3, 4])
    metadata.add("other-bin", "AQIDBA==")
    metadata.add("broken-bin", "A")
    #expect(metadata["trace-bin"] == "AQIDBA")
    #expect(metadata.binary("trace-bin") == [1, 2, 3, 4])
    #expect(metadata.binary("other-bin") == [1, 2, 3, 4])
    #expect(metadata.binary("broken-bin") == nil)
    metadata.add("other-bin", "AQ")
    #expect(metadata.values("other-bin") == ["AQIDBA==", "AQ"])
  }
}
