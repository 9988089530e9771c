import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@LoopActor
@Suite struct `The preview of a scoring rule` {
  private func preview(
    _ bench: LeadsBench,
    _ rule: LeadsAPI.ScoringRule,
    deleted: Bool = false
  ) async throws -> PreviewScoringRuleResponse {
    try await bench.handlers.previewScoringRule(
      PreviewScoringRuleRequest(scoringRule: rule, deleted: deleted),
      bench.asAdmin()
    )
  }

  private func bands(_ bench: LeadsBench) async throws -> [LeadID: String] {
    let request = ListLeadsRequest(pageSize: 1_000)
    let leads = try await bench.handlers.listLeads(request, bench.asAdmin()).message().leads
    return Dictionary(
      uniqueKeysWithValues: leads.compactMap { lead in lead.id.map { ($0, lead.band) } }
    )
  }

  /// How many leads changed band, as the preview says it.
  private func changes(
    _ before: [LeadID: String],
    _ after: [LeadID: String]
  ) -> Set<String> {
    var counts: [[String]: Int32] = [:]
    for (id, band) in before {
      if let new = after[id], new != band { counts[[band, new], default: 0] += 1 }
    }
    return Set(counts.map { "\($0.key[0]) to \($0.key[1]): \($0.value)" })
  }

  private func texts(_ preview: PreviewScoringRuleResponse) -> Set<String> {
    Set(preview.changes.map { "\($0.fromBand) to \($0.toBand): \($0.count)" })
  }

  private func filled() async throws -> LeadsBench {
    let bench = try await LeadsBench()
    for number in 0..<30 {
      _ = try await bench.create("L\(number)") {
        $0.city = number % 3 == 0 ? "Roma" : "Oslo"
        $0.companyName = number % 2 == 0 ? "Loom" : ""
        $0.companySize = number % 5 == 0 ? 500 : nil
      }
    }
    return bench
  }

  @Test func `says what saving the rule then does`() async throws {
    let bench = try await filled()
    let rule = LeadsAPI.ScoringRule(
      displayName: "Rome",
      condition: "city == 'Roma'",
      points: 30,
      active: true
    )
    let preview = try await preview(bench, rule)
    #expect(preview.leadsConsidered == 30 && preview.consideredAll && preview.matching == 10)
    let before = try await bands(bench)
    let saved = try await bench.handlers.createScoringRule(
      CreateScoringRuleRequest(scoringRule: rule),
      bench.asAdmin()
    )
    try await bench.rescore(50)
    let after = try await bands(bench)
    #expect(texts(preview) == changes(before, after) && !preview.changes.isEmpty)

    var edited = saved
    edited.points = 70
    let edit = try await self.preview(bench, edited)
    _ = try await bench.handlers.updateScoringRule(
      UpdateScoringRuleRequest(
        scoringRule: edited,
        updateMask: WellKnown.FieldMask(paths: ["points"])
      ),
      bench.asAdmin()
    )
    try await bench.rescore(50)
    #expect(texts(edit) == changes(after, try await bands(bench)))

    let removal = try await self.preview(
      bench,
      LeadsAPI.ScoringRule(id: saved.id),
      deleted: true
    )
    #expect(removal.matching == 10)
    let with = try await bands(bench)
    _ = try await bench.handlers.deleteScoringRule(
      DeleteScoringRuleRequest(id: saved.idText),
      bench.asAdmin()
    )
    try await bench.rescore(50)
    #expect(texts(removal) == changes(with, try await bands(bench)))
    #expect(!removal.changes.isEmpty)
  }

  @Test func `counts the matches of an inactive rule, which changes nothing`() async throws {
    let bench = try await filled()
    let rule = LeadsAPI.ScoringRule(condition: "company_size >= 500", points: 90, active: false)
    let preview = try await preview(bench, rule)
    #expect(preview.matching == 6 && preview.changes.isEmpty)
  }

  @Test func `goes through more leads than it reads at a time`() async throws {
    let bench = try await LeadsBench()
    for number in 0..<501 { _ = try await bench.create("L\(number)") { $0.city = "Roma" } }
    let rule = LeadsAPI.ScoringRule(condition: "city == 'Roma'", points: 1)
    let preview = try await preview(bench, rule)
    #expect(preview.leadsConsidered == 501 && preview.matching == 501 && preview.consideredAll)
  }

  @Test(arguments: ["", "city ==", "score > 5", "city", "nothing == 1"])
  func `refuses a condition as its creation would`(condition: String) async throws {
    let bench = try await LeadsBench()
    let rule = LeadsAPI.ScoringRule(displayName: "x", condition: condition, points: 5)
    let refused = await refusal { _ = try await preview(bench, rule) }
    let created = await refusal {
      _ = try await bench.handlers.createScoringRule(
        CreateScoringRuleRequest(scoringRule: rule),
        bench.asAdmin()
      )
    }
    #expect(refused?.violations.map(\.field) == ["condition"])
    #expect(refused == created)
  }

  @Test func `needs no name, but points within the bounds and a rule that is there`() async throws {
    let bench = try await LeadsBench()
    let points = LeadsAPI.ScoringRule(condition: "score > 5 || true", points: 101)
    let refused = await refusal { _ = try await preview(bench, points) }
    #expect(refused?.violations.map(\.field).contains("points") == true)
    let gone = LeadsAPI.ScoringRule(
      id: ScoringRuleID(high: 9, low: 9),
      condition: "city == ''",
      points: 5
    )
    #expect(await refusal { _ = try await preview(bench, gone) }?.code == .notFound)
    let none = await refusal {
      _ = try await preview(bench, LeadsAPI.ScoringRule(), deleted: true)
    }
    #expect(none?.violations.map(\.field) == ["id"])
  }
}

@LoopActor
@Suite struct `The turn for a preview` {
  private let tenant = TenantID(high: 1, low: 1)

  @Test func `is one caller's at a time, who may begin again`() throws {
    let previews = ScoringPreviews()
    let first = try previews.begin(tenant, by: "ada")
    #expect(throws: MeshError.self) { try previews.begin(tenant, by: "bob") }
    try previews.check(first)
    let second = try previews.begin(tenant, by: "ada")
    #expect(throws: MeshError.self) { try previews.check(first) }
    previews.end(first)
    try previews.check(second)
    _ = try previews.begin(TenantID(high: 2, low: 2), by: "bob")
    previews.end(second)
    _ = try previews.begin(tenant, by: "bob")
  }
}
