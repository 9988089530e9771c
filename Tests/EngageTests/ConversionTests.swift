import EngageAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshTesting
import Testing
import TypeAPI

@testable import EngageService

@Suite @LoopActor struct `A conversion` {
  private func convert(_ bench: EngageBench) async throws {
    var lead = Lead(id: bench.lead, ownerId: bench.reps[0])
    (lead.converted, lead.conversionTime) = (true, bench.clock.now)
    (lead.accountId, lead.contactId) = (AccountID(high: 7, low: 3), ContactID(high: 7, low: 4))
    lead.dealId = bench.deal
    let before = Lead(id: bench.lead, ownerId: bench.reps[0])
    let actor = bench.reps[0].description
    try await bench.hear("lead", "\(bench.lead)", "convert", from: before, to: lead, by: actor)
  }

  @Test func `is the first activity of all that was made of a lead`() async throws {
    let bench = try await EngageBench()
    try await convert(bench)
    let activities = try await bench.handlers.listActivities(.init(), bench.asRep()).message()
      .activities
    let first = try #require(activities.first)
    #expect(first.subject == "Converted from lead" && first.type == "system")
    #expect(first.memberId == bench.reps[0] && first.createdBy == "system:engage")
    let kinds = first.related.compactMap { TypeID($0.description)?.prefix }
    #expect(kinds == ["lead", "account", "contact", "deal"] && first.contactTime == nil)
  }

  @Test func `is logged once however often it is heard of, and again when it is made again`()
    async throws
  {
    let bench = try await EngageBench()
    for _ in 0..<2 { try await convert(bench) }
    #expect(try await bench.subjects() == ["Converted from lead"])
    bench.clock.advance(by: .seconds(60))
    try await convert(bench)
    #expect(try await bench.subjects().count == 2)
  }
}
