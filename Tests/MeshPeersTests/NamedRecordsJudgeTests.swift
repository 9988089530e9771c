import ErrandsAPI
import ErrandsService
import MeshCore
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords
import Testing
import TypeAPI

@Suite @LoopActor struct `A judge by the records that are named` {
  private let lead = RecordRef(LeadID(high: 1, low: 1))
  private let hidden = RecordRef(LeadID(high: 1, low: 2))
  private let deal = RecordRef(DealID(high: 2, low: 1))
  private let call = Call(
    caller: Caller(
      tenant: TenantID(high: 4, low: 4),
      identity: .member(MemberID(high: 3, low: 3))
    )
  )

  @Test(arguments: [
    (JudgedWay.opening, [true, false, false, true]), (.closing, [true, false, true, true]),
  ])
  func `lets through what names one that may be read`(
    way: JudgedWay,
    expected: [Bool]
  ) async throws {
    let leads = PeerDouble([lead])
    let peers = RecordPeers(["leads": leads, "deals": PeerDouble([])], by: "errands")
    let errands = [[hidden, lead], [hidden, deal], [], [lead]].map { Errand(related: $0) }
    let judge = NamedRecordsJudge<Errand>(peers, by: "related", way)
    let verdicts = try await judge.verdicts(on: errands, call)
    #expect(verdicts == Verdicts(expected))
    #expect(leads.requests.count == 1, "each record is asked about once")
  }

  @Test func `reads a field with one record too`() async throws {
    let peers = RecordPeers(["leads": PeerDouble([lead])], by: "errands")
    let errands = [lead, hidden, nil].map { Errand(source: $0) }
    let judge = NamedRecordsJudge<Errand>(peers, by: "source", .closing)
    #expect(try await judge.verdicts(on: errands, call) == Verdicts([true, false, true]))
  }

  @Test func `names the services that do not answer, whose records count as hidden`() async throws {
    let (leads, deals) = (PeerDouble([lead]), PeerDouble([deal]))
    deals.fail(.unavailable("down"))
    let peers = RecordPeers(["leads": leads, "deals": deals], by: "errands")
    let errands = [[deal], [deal, lead]].map { Errand(related: $0) }
    let judge = NamedRecordsJudge<Errand>(peers, by: "related", .opening)
    let verdicts = try await judge.verdicts(on: errands, call)
    #expect(verdicts == Verdicts([false, true], gaps: ["deals"]))
  }
}
