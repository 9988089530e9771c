import MeshAPI
import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `What kinds of records there are` {
  @Test func `is asked of every service that has records, with the path of their list`()
    async throws
  {
    let mesh = try TestMesh()
    mesh.services.reply = { call throws(MeshError) in
      let rule = ObjectDescription(name: "scoring_rule")
      let lead = ObjectDescription(name: "lead")
      let objects = call.service == "leads" ? [rule, lead] : []
      return DescribeObjectsResponse(objects: objects).wireBytes()
    }
    let response = await mesh.send("GET", "/api/v1/objects", token: mesh.token(of: mesh.acme))
    #expect(response.status == 200)
    #expect(mesh.services.sent.map(\.service).contains("leads"))
    let first = try #require(response.text.firstRange(of: #""collection":"/api/v1/leads""#))
    let second = try #require(
      response.text.firstRange(of: #""collection":"/api/v1/scoring-rules""#)
    )
    #expect(first.lowerBound < second.lowerBound)
  }

  @Test func `is asked of one service for one kind`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { call throws(MeshError) in
      ObjectDescription(name: "scoring_rule", fields: [FieldDescription(name: "points")])
        .wireBytes()
    }
    let token = mesh.token(of: mesh.acme)
    let path = "/api/v1/objects/scoring_rule:describe"
    let response = await mesh.send("GET", path, token: token)
    #expect(response.status == 200)
    #expect(mesh.services.sent.map(\.service) == ["leads"])
    #expect(response.text.contains(#""name":"points""#))
    #expect(response.text.contains(#""collection":"/api/v1/scoring-rules""#))
    let unknown = await mesh.send("GET", "/api/v1/objects/dragon:describe", token: token)
    #expect(unknown.status == 404)
    #expect(await mesh.send("GET", path).status == 401)
    #expect(mesh.services.sent.count == 1)
  }

  @Test func `is not known while a service does not answer`() async throws {
    let mesh = try TestMesh()
    mesh.services.reply = { _ throws(MeshError) in
      throw MeshError(code: .unavailable, reason: .unavailable, message: "leads does not answer")
    }
    let response = await mesh.send("GET", "/api/v1/objects", token: mesh.token(of: mesh.acme))
    #expect(response.status == 503)
  }
}
