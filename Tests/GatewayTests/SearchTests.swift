import DealsAPI
import LeadsAPI
import MeshAPI
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import Testing
import TypeAPI

@testable import GatewayService

@LoopActor
@Suite struct `A search of all records` {
  private static func lead(_ id: String, _ name: String, at company: String) -> Lead {
    var lead = Lead()
    lead.id = LeadID(id)
    (lead.displayName, lead.companyName, lead.email) = (name, company, "ada@baker.example")
    return lead
  }

  /// The lists that take words, in the order in which they are asked.
  private let lists = [
    "ListLeads", "ListAccounts", "ListContacts", "ListDeals", "ListTasks", "ListProjects",
    "ListActivities",
  ]
  private let ada = Self.lead("lead_01h455vb4pex5vsknk084sn02q", "Ada Baker", at: "Baker Ltd")

  private func search(_ mesh: TestMesh, _ query: String = "?q=bak") async -> HTTPResponse {
    await mesh.send("GET", "/api/v1/search\(query)", token: mesh.token(of: mesh.acme))
  }

  @Test func `asks each list that takes words, of every service`() async throws {
    let mesh = try TestMesh()
    let response = await search(mesh, "?q=ada%20bak")
    #expect(response.text == #"{"groups":[],"unavailable":[]}"#)
    let services = ["leads", "deals", "deals", "deals", "tasks", "tasks", "engage"]
    #expect(mesh.services.sent.map(\.service) == services)
    #expect(mesh.services.sent.map(\.method) == lists)
    let leads = try ListLeadsRequest(wire: mesh.services.sent[0].body)
    #expect(leads == ListLeadsRequest(query: "ada bak", pageSize: 5))
    let deals = try ListDealsRequest(wire: mesh.services.sent[3].body)
    #expect(deals == ListDealsRequest(query: "ada bak", pageSize: 5))
  }

  @Test func `gives each service 150 ms and the caller's own token`() async throws {
    let mesh = try TestMesh()
    let token = mesh.token(of: mesh.acme)
    _ = await mesh.send("GET", "/api/v1/search?q=bak", token: token)
    #expect(mesh.services.sent.count == lists.count)
    for call in mesh.services.sent {
      #expect(call.options.timeout == .milliseconds(150))
      #expect(call.options.authorization == .bearer(token))
      #expect(call.retry == .noSideEffects)
    }
  }

  @Test func `asks all of them at once`() async throws {
    let mesh = try TestMesh()
    var waiting: [CheckedContinuation<Void, Never>] = []
    mesh.services.reply = { [lists] _ in
      // Each waits until the others were asked, too.
      await withCheckedContinuation { continuation in
        waiting.append(continuation)
        if waiting.count == lists.count { for each in waiting { each.resume() } }
      }
      return []
    }
    #expect(await search(mesh).status == 200)
  }

  @Test func `has a group for each kind, with what a record is called`() async throws {
    let mesh = try TestMesh()
    let ids = ["lead_01h455vb4pex5vsknk084sn02r", "lead_01h455vb4pex5vsknk084sn02s"]
    let company = Self.lead(ids[0], "Baker Ltd", at: "Baker Ltd")
    let nameless = Self.lead(ids[1], "", at: "Bakeries United")
    var deal = Deal()
    let dealID = "deal_01h455vb4pex5vsknk084sn02q"
    (deal.id, deal.name, deal.stage) = (DealID(dealID), "Ovens", "demo")
    let leads = ListLeadsResponse(leads: [ada, company, nameless], nextPageToken: "more")
    let deals = ListDealsResponse(deals: [deal])
    mesh.services.reply = { call in
      switch call.method {
      case "ListLeads": leads.wireBytes()
      case "ListDeals": deals.wireBytes()
      default: []
      }
    }
    let response = await search(mesh)
    let found = [
      #"{"id":"lead_01h455vb4pex5vsknk084sn02q","title":"Ada Baker","subtitle":"Baker Ltd"}"#,
      #"{"id":"\#(ids[0])","title":"Baker Ltd","subtitle":""}"#,
      #"{"id":"\#(ids[1])","title":"Bakeries United","subtitle":""}"#,
    ]
    #expect(
      response.text
        == #"{"groups":[{"object":"lead","records":[\#(found.joined(separator: ","))],"more":true,"#
        + #""subtitle_fields":["company_name"]},"#
        + #"{"object":"deal","records":[{"id":"\#(dealID)","title":"Ovens","subtitle":"demo"}],"#
        + #""more":false,"subtitle_fields":["stage"]}],"unavailable":[]}"#
    )
  }

  @Test(arguments: [StatusCode.unavailable, .deadlineExceeded, .internalError, .resourceExhausted])
  func `names a service that did not answer, once, beside what others found`(code: StatusCode)
    async throws
  {
    let mesh = try TestMesh()
    mesh.services.reply = { [ada] call throws(MeshError) in
      guard call.service == "leads" else {
        throw MeshError(code: code, reason: .unavailable, message: "no")
      }
      return ListLeadsResponse(leads: [ada]).wireBytes()
    }
    let response = await search(mesh)
    #expect(response.status == 200)
    #expect(response.text.contains(#""unavailable":["deals","tasks","engage"]"#))
    #expect(response.text.contains(#""title":"Ada Baker""#))
  }

  @Test func `leaves out what the caller may not read`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { [ada] call throws(MeshError) in
      guard call.service == "leads" else { throw .permissionDenied("deal.read is missing") }
      return ListLeadsResponse(leads: [ada]).wireBytes()
    }
    let response = await search(mesh)
    #expect(response.text.hasSuffix(#""unavailable":[]}"#))
    #expect(response.text.contains(#""object":"lead""#))
  }

  @Test func `is refused to a session that a service knows to have ended`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { call throws(MeshError) in
      if call.service == "deals" { throw .unauthenticated("the session has ended") }
      return []
    }
    #expect(await search(mesh).status == 401)
    #expect(await mesh.send("GET", "/api/v1/search?q=bak").status == 401)
  }

  @Test(arguments: [
    "", "?q=", "?q=%20%09", "?q=\(String(repeating: "x", count: 1_001))",
    "?q=\(String(repeating: "%C3%A9", count: 501))", "?q=a&q=b",
  ])
  func `is refused without words and with too many, and asks nobody`(query: String) async throws {
    let mesh = try TestMesh()
    let response = await search(mesh, query)
    #expect(response.status == 400)
    #expect(response.text.contains(#""errors":[{"field":"q","rule":"#))
    #expect(mesh.services.sent.isEmpty)
  }

  @Test func `takes 1,000 bytes of words and no other parameter`() async throws {
    let mesh = try TestMesh()
    #expect(await search(mesh, "?q=\(String(repeating: "x", count: 1_000))").status == 200)
    let unknown = await search(mesh, "?q=a&page_size=1000")
    #expect(unknown.status == 400 && unknown.text.contains(#""field":"page_size""#))
    #expect(await mesh.send("POST", "/api/v1/search").status == 405)
  }

  @Test func `is described with its parameter`() throws {
    let document = String(decoding: try PublicAPI().document, as: UTF8.self)
    let path = try #require(document.firstRange(of: #""/api/v1/search":{"get":"#))
    let operation = document[path.upperBound...].prefix(500)
    #expect(operation.contains(#""operationId":"Search_SearchRecords""#))
    #expect(operation.contains(#"{"name":"q","in":"query""#))
    #expect(document.contains(#""leadmesh.mesh.v1.FoundGroup":{"#))
  }
}

extension FakeServices.Sent {
  /// The method's name.
  fileprivate var method: String { String(rpc.split(separator: "/").last ?? "") }
}
