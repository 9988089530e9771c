import MeshAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import Testing

@testable import MeshService

@LoopActor
@Suite struct `What a service says of its records` {
  private static let visit = RecordSchema(
    object: "site_visit",
    idPrefix: "visit",
    table: "site_visits",
    defaultOrder: "day",
    grants: [
      RoleGrant("site_visit", "read_only", ["read"]),
      RoleGrant("site_visit", "rep", ["create", "cancel"], .own),
    ],
    fields: [
      RecordField("id", .id(prefix: "visit"), [.outputOnly]),
      RecordField(
        "place",
        .text,
        [.required, .searchable, .sortable, .immutable],
        FieldRule(
          maxLength: 80,
          format: .paragraph,
          choices: ["here", "there"],
          picklist: "places"
        ),
        label: "Where"
      ),
      RecordField("guests", .integer, [], FieldRule(minimum: -1, maximum: 9)),
      RecordField("host_id", .id(prefix: "member"), [], FieldRule(references: "member")),
      RecordField("mood", .choice(["good", "bad"])),
    ]
  )
  private static let secret = RecordSchema(
    object: "secret",
    idPrefix: "secret",
    table: "secrets",
    grants: [RoleGrant("secret", "admin", ["read"])],
    fields: []
  )

  private let describer = ObjectDescriber(
    schemas: [visit, secret],
    access: AccessGate(
      verifier: TokenVerifier(keys: [], clock: .system),
      policy: Policy(grants: visit.grants + secret.grants)
    )
  )

  private func call(_ role: String) -> Call {
    let caller = Caller(
      tenant: IDGenerator.system.next(),
      identity: .member(IDGenerator.system.next()),
      roles: [role]
    )
    return Call(caller: caller, path: "/test/Call")
  }

  private func names(_ role: String) async throws -> [String] {
    try await describer.describeObjects(DescribeObjectsRequest(), call(role)).objects.map(\.name)
  }

  @Test func `names what the caller may see, without fields`() async throws {
    #expect(try await names("rep") == ["site_visit"])
    #expect(try await names("admin") == ["secret", "site_visit"])
    #expect(try await names("nobody") == [])
    await #expect(throws: MeshError.self) {
      try await describer.describeObject(DescribeObjectRequest(object: "secret"), call("rep"))
    }
    let list = try await describer.describeObjects(DescribeObjectsRequest(), call("rep"))
    #expect(list.objects.first?.fields == [])
  }

  @Test func `tells each field as it is declared`() async throws {
    let visit = try await describer.describeObject(
      DescribeObjectRequest(object: "site_visit"),
      call("rep")
    )
    #expect(visit.label == "Site visit" && visit.idPrefix == "visit")
    #expect(visit.defaultOrder == "day" && visit.actions == ["cancel", "create", "read"])
    #expect(visit.fields.map(\.name) == ["id", "place", "guests", "host_id", "mood"])
    #expect(
      visit.fields[1]
        == FieldDescription(
          name: "place",
          label: "Where",
          type: "text",
          required: true,
          immutable: true,
          maxLength: 80,
          choices: ["here", "there"],
          picklist: "places",
          sortable: true,
          searchable: true,
          visible: true,
          editable: true,
          format: "paragraph"
        )
    )
    #expect(visit.fields[0].outputOnly && !visit.fields[0].editable)
    #expect(visit.fields[2].minimum == -1 && visit.fields[2].maximum == 9)
    #expect(visit.fields[3].references == "member" && visit.fields[3].type == "id")
    #expect(visit.fields[4].choices == ["good", "bad"] && visit.fields[4].format == "")
  }

  @Test func `marks what the caller may not change`() async throws {
    let visit = try await describer.describeObject(
      DescribeObjectRequest(object: "site_visit"),
      call("read_only")
    )
    #expect(visit.actions == ["read"])
    #expect(visit.fields.allSatisfy { $0.visible && !$0.editable })
  }
}
