import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TasksAPI
import TypeAPI

extension TasksRPC {
  private static var mostRules: Int { 20 }
  private static var mostLeads: Int { 1_000 }
  /// The most tasks in one transaction.
  private static var mostTogether: Int { 100 }

  @LoopActor
  func autoCreateForLeads(
    _ request: AutoCreateForLeadsRequest,
    _ call: Call
  ) async throws -> AutoCreateForLeadsResponse {
    let (rules, watching) = (try await leadRules(request.ruleIds, call), watching)
    let leads = try await leads(request.filter, call)
    let met = await BlockingPool.shared.run {
      rules.flatMap { rule -> [(rule: TaskRule, lead: Lead)] in
        guard let kind = watching.kind(of: rule) else { return [] }
        return leads.filter(kind.conditions.matcher(rule.condition)).map { (rule: rule, lead: $0) }
      }
    }
    var (created, start) = (0, 0)
    while start < met.count {
      let part = met[start..<min(start + Self.mostTogether, met.count)]
      created += try await store.write(call.tenant, as: Author(call), lock: Self.lock) {
        transaction in
        try part.count { try watching.make(by: $0.rule, for: $0.lead, in: transaction) }
      }
      start += part.count
    }
    return AutoCreateForLeadsResponse(
      created: Int32(clamping: created),
      skipped: Int32(clamping: rules.count * leads.count - created)
    )
  }

  /// The rules that a request names.
  ///
  /// - Throws: INVALID_ARGUMENT for a rule that does not exist, is named twice, or is not about leads.
  @LoopActor
  private func leadRules(_ ids: [TaskRuleID], _ call: Call) async throws -> [TaskRule] {
    guard (1...Self.mostRules).contains(ids.count), Set(ids).count == ids.count else {
      throw MeshError.invalid("rule_ids", "must name 1 to \(Self.mostRules) rules, each once")
    }
    let known = try await store.read(call.tenant) { try $0.watchRules(TaskRule.self) }
    return try ids.enumerated().map { index, id in
      let rule = known[id.words]
      if let rule, rule.active != false, watching.kind(of: rule)?.object == "lead" { return rule }
      let fault = rule == nil ? "does not exist" : "must be a rule about leads that is switched on"
      throw MeshError.invalid("rule_ids[\(index)]", fault)
    }
  }

  /// The leads that meet a condition and that the caller may read.
  ///
  /// - Throws: INVALID_ARGUMENT for an invalid condition, or one that too many leads meet.
  @LoopActor
  private func leads(_ filter: String, _ call: Call) async throws -> [Lead] {
    let options = CallOptions(passingOn: call, by: TasksService.name)
    var (leads, request) = ([Lead](), ListLeadsRequest(filter: filter, pageSize: 200))
    repeat {
      let page = try await others.leads(request, options)
      leads += page.leads
      guard !page.moreThanTotalSize, leads.count <= Self.mostLeads else {
        throw MeshError.invalid("filter", "must find at most \(Self.mostLeads) leads")
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return leads
  }
}
