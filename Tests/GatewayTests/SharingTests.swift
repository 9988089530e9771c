import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC
import RecordsAPI
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A call to services by their ids` {
  private let rule = "rule_01h455vb4pex5vsknk084sn02q"
  private let operation = "leads_operation_01h455vb4pex5vsknk084sn02q"

  @Test func `goes to the service that an operation's id names`() async throws {
    let mesh = try TestMesh()
    let token = mesh.token(of: mesh.acme)
    mesh.services.reply = { _ in Operation(id: "o", state: .running, total: 3).wireBytes() }
    let response = await mesh.send("GET", "/api/v1/operations/\(operation)", token: token)
    #expect(response.status == 200)
    #expect(response.text.contains(#""state":"OPERATION_STATE_RUNNING","total":"3""#))
    let undo = await mesh.send("POST", "/api/v1/operations/\(operation):undo", token: token)
    #expect(undo.status == 200)
    mesh.services.reply = { _ in [] }
    let results = "/api/v1/operations/\(operation)/results?page_size=5"
    #expect(await mesh.send("GET", results, token: token).status == 200)
    #expect(mesh.services.sent.map(\.service) == ["leads", "leads", "leads"])
    #expect(
      mesh.services.sent.map { $0.rpc.split(separator: "/").last } == [
        "GetOperation", "UndoOperation", "ListOperationResults",
      ]
    )
    #expect(try GetOperationRequest(wire: mesh.services.sent[0].body).id == operation)
    #expect(try ListOperationResultsRequest(wire: mesh.services.sent[2].body).pageSize == 5)
  }

  @Test(arguments: [
    "x", "operation_01h455vb4pex5vsknk084sn02q", "_operation_01h455vb4pex5vsknk084sn02q",
    "gateway_operation_01h455vb4pex5vsknk084sn02q", "leads_operation_", "leads_operation",
  ])
  func `is 404 for an id of no service, and goes nowhere`(id: String) async throws {
    let mesh = try TestMesh()
    let path = "/api/v1/operations/\(id)"
    let token = mesh.token(of: mesh.acme)
    #expect(await mesh.send("GET", path, token: token).status == 404)
    #expect(await mesh.send("GET", path).status == 401)
    #expect(mesh.services.sent.isEmpty)
  }

  @Test func `is shared out by the prefixes of its ids and joined`() async throws {
    let mesh = try TestMesh(registry: ["rule": "leads", "errand": "errands", "round": "errands"])
    mesh.services.reply = { call in
      let ids = (try? ResolveRequest(wire: call.body))?.ids ?? []
      let records = ids.map { ResolvedRecord(id: $0, exists: true, title: call.service) }
      return ResolveResponse(records: records).wireBytes()
    }
    let errand = "errand_01h455vb4pex5vsknk084sn02q"
    let round = "round_01h455vb4pex5vsknk084sn02q"
    let response = await mesh.send(
      "POST",
      "/api/v1/records:resolve",
      token: mesh.token(of: mesh.acme),
      body: #"{"ids":["\#(errand)","nonsense","\#(rule)","\#(round)"]}"#
    )
    #expect(response.status == 200)
    let sent = try mesh.services.sent.map { ($0.service, try ResolveRequest(wire: $0.body).ids) }
    #expect(Set(sent.map(\.0)) == ["leads", "errands"])
    // What is of no kind is asked of one of them, which knows nothing of it.
    #expect(sent.first { $0.0 == "errands" }?.1 == [errand, "nonsense", round])
    #expect(sent.first { $0.0 == "leads" }?.1 == [rule])
    let entries = response.text.split(separator: #"{"id":""#).dropFirst()
    for (entry, (id, service)) in zip(
      entries,
      [(errand, "errands"), ("nonsense", "errands"), (rule, "leads"), (round, "errands")]
    ) {
      #expect(entry.hasPrefix(#"\#(id)","exists":true,"title":"\#(service)""#))
    }
    #expect(entries.count == 4, "in the order asked for")
  }

  @Test func `asks all services at once`() async throws {
    let mesh = try TestMesh(registry: ["rule": "leads", "errand": "errands"])
    var waiting: [CheckedContinuation<Void, Never>] = []
    mesh.services.reply = { _ in
      // Each waits until the other was asked, too.
      await withCheckedContinuation { continuation in
        waiting.append(continuation)
        if waiting.count == 2 { for each in waiting { each.resume() } }
      }
      return []
    }
    let response = await mesh.send(
      "POST",
      "/api/v1/records:check",
      token: mesh.token(of: mesh.acme),
      body: #"{"action":"read","ids":["\#(rule)","errand_01h455vb4pex5vsknk084sn02q"]}"#
    )
    #expect(response.status == 200)
    let requests = try mesh.services.sent.map { try CheckRequest(wire: $0.body) }
    #expect(
      requests.map(\.action) == ["read", "read"] && requests.allSatisfy { $0.ids.count == 1 }
    )
  }

  @Test func `fails when one of them fails, and takes 200 ids at most`() async throws {
    let mesh = try TestMesh(registry: ["rule": "leads", "errand": "errands"])
    let token = mesh.token(of: mesh.acme)
    mesh.services.reply = { call throws(MeshError) in
      if call.service == "leads" { throw .unavailable("no") }
      return []
    }
    let body = #"{"ids":["\#(rule)","errand_01h455vb4pex5vsknk084sn02q"]}"#
    let path = "/api/v1/records:resolve"
    #expect(await mesh.send("POST", path, token: token, body: body).status == 503)
    let many = Array(repeating: "\"errand_01h455vb4pex5vsknk084sn02q\"", count: 201)
    let refused = await mesh.send(
      "POST",
      path,
      token: token,
      body: "{\"ids\":[\(many.joined(separator: ","))]}"
    )
    #expect(refused.status == 400 && refused.text.contains(#""field":"ids""#))
    #expect(await mesh.send("POST", path, token: token, body: "{}").status == 200)
  }

  @Test func `finds each kind of record in the service whose proto declares it`() throws {
    let registry = try PublicAPI().registry
    #expect(registry.service(of: rule) == "leads")
    #expect(registry.service(of: operation) == "leads")
    #expect(registry.service(of: "round_01h455vb4pex5vsknk084sn02q") == nil)
  }
}
