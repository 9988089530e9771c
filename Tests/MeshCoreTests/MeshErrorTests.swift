import MeshCore
import Testing

@Suite struct `A mesh error` {
  @Test func `names every field that breaks a rule`() {
    let error = MeshError.invalid([
      FieldViolation(field: "email", description: "must be an address"),
      FieldViolation(field: "last_name", description: "is required"),
    ])
    #expect(error.code == .invalidArgument)
    #expect(error.message == "email must be an address; last_name is required")
    #expect(error.violations.map(\.field) == ["email", "last_name"])
  }

  @Test func `has the reasons that clients know, in their spelling`() {
    for reason in ErrorReason.allCases {
      #expect(reason.rawValue.wholeMatch(of: /[A-Z]+(_[A-Z]+)*/) != nil)
    }
    #expect(MeshError.staleEtag().reason.rawValue == "STALE_ETAG")
    #expect(MeshError.staleEtag().code == .aborted)
  }
}

@Suite struct `A caller` {
  @Test func `is written in the change log by its identity`() throws {
    let member = try #require(MemberID("member_01h455vb4pex5vsknk084sn02q"))
    let person = Caller(tenant: nil, identity: .member(member))
    let process = Caller(tenant: nil, identity: .system("operator"), onBehalfOf: member)
    #expect(person.actor == "member_01h455vb4pex5vsknk084sn02q")
    #expect(person.member == member)
    #expect(process.actor == "system:operator")
    #expect(process.member == nil)
  }
}
