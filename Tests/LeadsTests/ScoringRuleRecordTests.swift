import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService

/// What scoring rules have as every kind of record does: their service wrote none of it.
@Suite @LoopActor struct `Scoring rules as records` {
  @Test func `are changed many at once and put back`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.create("Denson")
    let before = try await bench.handlers.listScoringRules(
      ListScoringRulesRequest(),
      bench.asAdmin()
    ).message().scoringRules
    let records: [any RecordCollection] = [bench.handlers.scoringRules]
    let worker = OperationWorker(records, bench.handlers.store)
    let started = try await bench.handlers.batchUpdateScoringRules(
      BatchUpdateScoringRulesRequest(
        filter: "points > 0",
        scoringRule: ScoringRule(points: 33),
        updateMask: .init(paths: ["points"])
      ),
      bench.asAdmin()
    )
    let id = try #require(IDWords(started.id, prefix: "leads_operation"))
    while try await worker.step(id, of: bench.tenant) {}
    let raised = before.filter { $0.points > 0 }.count
    #expect(raised > 1)
    let sum = try await bench.handlers.aggregateScoringRules(
      AggregateRequest(filter: "points == 33", groupBy: "active", sum: "points"),
      bench.asAdmin()
    ).groups
    #expect(sum.map(\.keys) == [["true"]] && sum[0].count == Int64(raised))
    #expect(sum[0].sums == [AggregateSum(field: "points", integer: Int64(33 * raised))])
    let rescoring = try await bench.handlers.getRescoring(GetRescoringRequest(), bench.asAdmin())
    #expect(rescoring.running, "their own rule was asked")

    let services = RecordServices(records, bench.handlers.store)
    _ = try await services.undoOperation(UndoOperationRequest(id: started.id), bench.asAdmin())
    while try await worker.step(id, of: bench.tenant) {}
    let after = try await bench.handlers.listScoringRules(
      ListScoringRulesRequest(),
      bench.asAdmin()
    ).message().scoringRules
    #expect(after.map(\.points) == before.map(\.points))
    let history = try await bench.handlers.listScoringRuleHistory(
      ListHistoryRequest(id: before.first { $0.points > 0 }?.idText ?? ""),
      bench.asAdmin()
    )
    #expect(history.entries.map(\.action) == ["update", "update", "create"])
    #expect(history.entries[1].changes.map(\.new) == ["33"])
  }

  @Test(arguments: ["score < 30", "band == 'hot'"])
  func `name nothing that they make`(condition: String) async throws {
    let bench = try await LeadsBench()
    let refused = await refusal {
      _ = try await bench.handlers.createScoringRule(
        CreateScoringRuleRequest(
          scoringRule: ScoringRule(displayName: "Circular", condition: condition, points: 50)
        ),
        bench.asAdmin()
      )
    }
    #expect(refused?.violations.map(\.field) == ["condition"])
  }

  @Test func `come back from the trash`() async throws {
    let bench = try await LeadsBench()
    let rules = try await bench.handlers.listScoringRules(
      ListScoringRulesRequest(),
      bench.asAdmin()
    ).message().scoringRules
    let rule = try #require(rules.first)
    _ = try await bench.handlers.deleteScoringRule(
      DeleteScoringRuleRequest(id: rule.idText),
      bench.asAdmin()
    )
    let back = try await bench.handlers.undeleteScoringRule(
      UndeleteScoringRuleRequest(id: rule.idText),
      bench.asAdmin()
    )
    #expect(back.condition == rule.condition && back.points == rule.points)
  }

  @Test func `are exported and found by their ids`() async throws {
    let bench = try await LeadsBench()
    let rule = try await bench.handlers.createScoringRule(
      CreateScoringRuleRequest(
        scoringRule: ScoringRule(displayName: "-Risky-", condition: "company_size > 1", points: -5)
      ),
      bench.asAdmin()
    )
    let file = try await bench.handlers.exportScoringRules(
      ExportRequest(filter: "points == -5", fields: "display_name,points"),
      bench.asAdmin()
    )
    #expect(
      String(decoding: file.content, as: UTF8.self) == "display_name,points\r\n'-Risky-,-5\r\n"
    )
    let named = try await RecordServices([bench.handlers.scoringRules], bench.handlers.store)
      .resolve(ResolveRequest(ids: [rule.idText]), bench.asRep())
    #expect(named.records.map(\.title) == ["-Risky-"])
    #expect(named.records.map(\.subtitle) == ["company_size > 1"])
  }
}
