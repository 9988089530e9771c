import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore

extension LeadsRPC {
  @LoopActor
  func getLeadRiskScore(
    _ request: GetLeadRiskScoreRequest,
    _ call: Call
  ) async throws -> LeadRiskScore {
    let settings = try rulesCache.replicas.settings(of: call.tenant).risk
    let (gate, now) = (gate, store.clock.now)
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Lead.self, gate)
      let lead = try transaction.require(request.id, in: scope)
      return try transaction.risk(of: lead, visible: scope.visible, at: now).scored(by: settings)
    }
  }
}

extension ReadTransaction {
  /// Changes of a lead that are searched for a score.
  private static var mostChanges: Int { 1_000 }

  func risk(of lead: Lead, visible: FieldSet, at now: Timestamp) throws -> Risk {
    Risk(
      lead: lead.showing(visible),
      now: now,
      highestScore: try highestScore(of: lead, since: now - Risk.window),
      visible: visible
    )
  }

  /// The highest score that a lead has had and lost since a time; nil for none.
  private func highestScore(of lead: Lead, since time: Timestamp) throws -> Int32? {
    var (highest, seen): (Int32?, Int) = (nil, 0)
    var token = ""
    repeat {
      let page = try PageRequest(size: 200, token: token)
      let changes = try history(Lead.schema.object, lead.idText, page, upTo: 1 << 20)
      for change in changes.elements {
        if change.time < time { return highest }
        guard let before = try change.before.map({ try Lead(wire: $0) }),
          let after = try change.after.map({ try Lead(wire: $0) }), before.score != after.score
        else { continue }
        highest = max(highest ?? before.score, before.score)
      }
      seen += changes.elements.count
      token = changes.nextToken
    } while !token.isEmpty && seen < Self.mostChanges
    return highest
  }
}
