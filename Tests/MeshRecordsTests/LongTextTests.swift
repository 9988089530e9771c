import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

/// What is far too long is refused by its bytes, before anything goes through its characters.
@Suite @LoopActor struct `A text that is far too long` {
  /// Half a million labels, which would take ICU minutes.
  private let address = "a@" + String(repeating: "xn--a.", count: 500_000)
  private let blanks = String(repeating: " ", count: 3_000_000)

  private func violation(
    _ body: @LoopActor () async throws -> Void
  ) async throws -> FieldViolation {
    let error = await #expect(throws: MeshError.self) { try await body() }
    #expect(error?.code == .invalidArgument)
    return try #require(error?.violations.first)
  }

  @Test func `is refused as a field's value`() async throws {
    let bench = try ErrandBench()
    for (field, text) in [("title", blanks), ("notes", blanks + "x")] {
      let found = try await violation {
        _ = try await bench.create("x") { errand in
          if let place = Errand.schema[field]?.index { errand[field: place] = .text(text) }
        }
      }
      #expect(found.field == field)
      #expect(found.description.contains("characters"))
    }
  }

  @Test func `stops everything else that would be said of the record`() async throws {
    let bench = try ErrandBench()
    let errand = try await bench.create("x")
    var draft = errand
    draft.title = blanks
    let changed = draft
    let error = await refusal { _ = try await bench.update(changed, ["title", "labels"]) }
    #expect(error?.violations.map(\.field) == ["title"])
    #expect(try await bench.update(changed, ["labels"]).title == "x", "what the mask leaves out")
    let batch = try await violation {
      _ = try await bench.handlers.batchUpdateErrands(
        BatchUpdateErrandsRequest(
          ids: [errand.idText],
          errand: changed,
          updateMask: .init(paths: ["title"])
        ),
        bench.asManager
      )
    }
    #expect(batch.field == "title")
    // Rules are not asked: they would go through the text.
    let title = blanks
    let refused = await refusal {
      try await bench.opened.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
        _ = try transaction.create(Errand(title: title), by: UnaskedRules())
      }
    }
    #expect(refused?.violations.map(\.field) == ["title"])
  }

  @Test func `is refused in a list, as are too many entries`() async throws {
    let bench = try ErrandBench()
    for labels in [[blanks], Array(repeating: "a", count: 1_001)] {
      let found = try await violation { _ = try await bench.create("x") { $0.labels = labels } }
      #expect(found.field == "labels")
    }
  }

  @Test func `is no host name that is worth to be read`() {
    #expect(EmailAddress.folded(address) == address)
  }

  @Test func `is refused as a filter, an order, a list of names and a path of a mask`()
    async throws
  {
    let bench = try ErrandBench()
    let errand = try await bench.create("x")
    let commas = String(repeating: ",", count: 3_000_000)
    let marks = String(repeating: "क्", count: 500_000)
    #expect(try await violation { _ = try await bench.titles(filter: blanks) }.field == "filter")
    #expect(try await violation { _ = try await bench.titles(order: commas) }.field == "order_by")
    let grouped = try await violation {
      _ = try await bench.handlers.aggregateErrands(
        AggregateRequest(groupBy: commas),
        bench.asManager
      )
    }
    #expect(grouped.field == "group_by")
    let masked = try await violation { _ = try await bench.update(errand, [marks]) }
    #expect(masked.field == "update_mask")
    let deleted = try await violation {
      _ = try await bench.handlers.batchDeleteErrands(
        BatchDeleteRequest(filter: blanks),
        bench.asManager
      )
    }
    #expect(deleted.field == "filter")
  }
}

private struct UnaskedRules: RecordRules {
  func prepare(_ errand: inout Errand, before: Errand?, _ check: inout FieldCheck) throws {
    Issue.record("the rules were asked")
  }
}
