import CEL
import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import ErrandsService

@Suite @LoopActor struct `A field with ids of records of any kind` {
  private let lead = RecordRef(LeadID(high: 1, low: 9))
  /// Another record with the same number.
  private let deal = RecordRef(DealID(high: 1, low: 9))
  private let account = RecordRef(AccountID(high: 2, low: 1))

  private func filled() async throws -> ErrandBench {
    let bench = try ErrandBench()
    _ = try await bench.create("both") { ($0.related, $0.source) = ([lead, account], lead) }
    _ = try await bench.create("lead") { $0.related = [lead] }
    _ = try await bench.create("deal") { ($0.related, $0.source) = ([deal], deal) }
    _ = try await bench.create("none")
    return bench
  }

  /// What conditions find in the store, having made sure that they hold for the same records in memory.
  private func found(_ filter: String, _ bench: ErrandBench) async throws -> [String] {
    let all = try await bench.handlers.listErrands(
      ListErrandsRequest(orderBy: "create_time"),
      bench.asManager
    ).message().errands
    let conditions = RecordConditions(Errand.schema)
    let condition = try conditions.compile(filter)
    let held = all.filter { condition.matches(conditions.values(of: $0)) }.map(\.title)
    let titles = try await bench.titles(filter: filter, order: "create_time")
    #expect(titles == held, "\(filter)")
    return titles
  }

  @Test func `is looked into by filters, and tells kinds apart`() async throws {
    let bench = try await filled()
    #expect(try await found("'\(lead)' in related", bench) == ["both", "lead"])
    #expect(try await found("'\(deal)' in related", bench) == ["deal"])
    #expect(
      try await found("'\(account)' in related && '\(lead)' in related", bench) == ["both"]
    )
    #expect(try await found("!('\(lead)' in related)", bench) == ["deal", "none"])
    for text in ["nonsense", "", "nobody_01h455vb4pex5vsknk084sn02q"] {
      #expect(try await found("'\(text)' in related", bench) == [])
    }
  }

  @Test func `is asked whether it is empty, also within what its caller may read`() async throws {
    let bench = try await filled()
    for filter in ["related == []", "size(related) == 0", "!(size(related) > 0)"] {
      #expect(try await found(filter, bench) == ["none"], "\(filter)")
    }
    for filter in ["related != []", "size(related) >= 1"] {
      #expect(try await found(filter, bench) == ["both", "lead", "deal"], "\(filter)")
    }
    #expect(try await found("related == [] && source == null", bench) == ["none"])
    _ = try await bench.create("own") { $0.ownerId = bench.rep }
    #expect(try await bench.titles(filter: "related == []", bench.asRep) == ["own"])
    var own = try await bench.create("emptied") { ($0.ownerId, $0.related) = (bench.rep, [lead]) }
    own.related = []
    _ = try await bench.update(own, ["related"])
    #expect(
      try await bench.titles(filter: "related == []", order: "create_time", bench.asRep)
        == ["own", "emptied"]
    )
  }

  @Test func `is compared as its text where it has one id`() async throws {
    let bench = try await filled()
    #expect(try await found("source == '\(lead)'", bench) == ["both"])
    #expect(try await found("source != '\(lead)'", bench) == ["lead", "deal", "none"])
    #expect(try await found("source == null", bench) == ["lead", "none"])
    #expect(try await found("source.startsWith('deal_')", bench) == ["deal"])
    #expect(try await found("source in ['\(deal)', '\(account)']", bench) == ["deal"])
  }

  @Test func `is found by what it has now, and not after the record's deletion`() async throws {
    let bench = try ErrandBench()
    var errand = try await bench.create("e") { $0.related = [lead, account] }
    errand.related = [account, deal]
    errand = try await bench.update(errand, ["related"])
    #expect(errand.related == [account, deal])
    #expect(try await bench.titles(filter: "'\(lead)' in related") == [])
    #expect(try await bench.titles(filter: "'\(deal)' in related") == ["e"])
    let id = errand.idText
    _ = try await bench.handlers.deleteErrand(DeleteErrandRequest(id: id), bench.asManager)
    let rows = try await bench.opened.store.read(bench.tenant) { transaction in
      try transaction.value("SELECT count(*) FROM errand_related", as: Int.self)
    }
    #expect(rows == 0)
    _ = try await bench.handlers.undeleteErrand(UndeleteErrandRequest(id: id), bench.asManager)
    #expect(try await bench.titles(filter: "'\(deal)' in related") == ["e"])
  }

  @Test func `is refused for an id of no known kind, by name and place, where a request is read`()
    throws
  {
    let strict = WireLimits(isStrict: true)
    func wire(_ tag: UInt32, _ text: String) -> [UInt8] {
      var writer = WireWriter()
      if tag == 24 << 3 | 2 { writer.string("\(lead)", tag: tag) }
      writer.string(text, tag: tag)
      return writer.finish()
    }
    let long = "lead_" + String(repeating: "0", count: 1_000_000)
    for (field, tag) in [("related", UInt32(24 << 3 | 2)), ("source", 25 << 3 | 2)] {
      for text in ["nonsense", "person_01h455vb4pex5vsknk084sn02q", "\(lead)x", "LEAD_1", long] {
        let error = #expect(throws: WireError.self) {
          try Errand(wire: wire(tag, text), limits: strict)
        }
        guard case .unreadable(let named, let rule) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(named == (field == "related" ? "related[1]" : field))
        #expect(rule == "must be the id of a record: a known prefix, _ and 26 characters")
        // What another release wrote is kept and passed on.
        let kept = try Errand(wire: wire(tag, text))
        #expect(kept.related == (field == "related" ? [lead] : []))
        #expect(kept.wireBytes().count == wire(tag, text).count)
      }
      let read = try Errand(wire: wire(tag, "\(deal)"), limits: strict)
      #expect(field == "related" ? read.related == [lead, deal] : read.source == deal)
    }
  }

  @Test func `has no more entries than it may`() async throws {
    let bench = try ErrandBench()
    let many = (0..<11).map { RecordRef(LeadID(high: 1, low: UInt64($0))) }
    let refused = await refusal { _ = try await bench.create("e") { $0.related = many } }
    #expect(
      refused?.violations.map { "\($0.field) \($0.description)" } == [
        "related must have at most 10 entries"
      ]
    )
    let most = try await bench.create("e") { $0.related = Array(many.prefix(10)) }
    #expect(try await bench.get(most).related == Array(many.prefix(10)))
  }

  @Test func `is grouped by, exported and told in histories by its texts`() async throws {
    let bench = try await filled()
    let groups = try await bench.handlers.aggregateErrands(
      AggregateRequest(groupBy: "source"),
      bench.asManager
    ).groups
    #expect(Set(groups.map(\.keys)) == [[""], ["\(lead)"], ["\(deal)"]])
    let csv = try await bench.handlers.exportErrands(
      ExportRequest(filter: "title == 'both'", fields: "source,related"),
      bench.asManager
    ).content
    let text = String(decoding: csv, as: UTF8.self)
    #expect(text.contains("\(lead),\"[\"\"\(lead)\"\",\"\"\(account)\"\"]\""), "\(text)")
    let errand = try await bench.create("told") { $0.related = [deal] }
    let history = try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: errand.idText),
      bench.asManager
    )
    #expect(
      history.entries.first?.changes.first { $0.field == "related" }?.new == "[\"\(deal)\"]"
    )
  }

  @Test func `says of the registry which service has a record`() {
    for schema in ErrandsObjects.schemas {
      let kind = RecordKind(schema.object, prefix: schema.idPrefix, of: "errands")
      #expect(KindRegistry.all[prefix: schema.idPrefix] == kind)
    }
    #expect(KindRegistry.all[prefix: "lead"]?.service == "leads")
    #expect(KindRegistry.all[prefix: "rule"]?.object == "scoring_rule")
    #expect(KindRegistry.all[prefix: "import"] == nil, "no record of one service")
  }
}
