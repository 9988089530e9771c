import MeshCore
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords
import RecordsAPI
import Testing
import TypeAPI

@Suite @LoopActor struct `The services of records that others name` {
  private let lead = RecordRef(LeadID(high: 1, low: 1))
  private let hidden = RecordRef(LeadID(high: 1, low: 2))
  private let deal = RecordRef(DealID(high: 2, low: 1))
  private let leads: PeerDouble
  private let deals: PeerDouble
  private let peers: RecordPeers

  init() {
    leads = PeerDouble([lead])
    deals = PeerDouble([deal])
    peers = RecordPeers(["leads": leads, "deals": deals], by: "tasks")
  }

  private func call(token: String = "t") -> Call {
    var metadata = Metadata()
    metadata.add(MetadataKey.authorization, "Bearer \(token)")
    let member = MemberID(high: 3, low: 3)
    return Call(
      caller: Caller(tenant: TenantID(high: 4, low: 4), identity: .member(member)),
      metadata: metadata
    )
  }

  private func refusal(_ body: @LoopActor () async throws -> Void) async -> MeshError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? MeshError
    }
  }

  @Test func `are asked for their own records, as the caller`() async throws {
    let abroad = RecordRef(MemberID(high: 3, low: 3))
    let unknown = RecordRef(prefix: "nonsense", lead.words)
    let asked = [lead, hidden, deal, abroad, unknown, lead]
    #expect(try await peers.readable(asked, call(token: "abc")) == [lead, deal])
    #expect(leads.requests.map(\.ids) == [[lead, hidden].map(\.description)])
    #expect(deals.requests.map(\.ids) == [[deal.description]])
    #expect(leads.requests.map(\.action) == ["read"])
    #expect(leads.credentials == [.bearer("abc")] && deals.credentials == [.bearer("abc")])
  }

  @Test func `are not asked for nothing`() async throws {
    #expect(try await peers.readable([], call()) == [])
    #expect(leads.requests.isEmpty && deals.requests.isEmpty)
  }

  @Test func `are asked at the same time`() async throws {
    // The first one to be asked does not answer before the second is.
    let first = PeerDouble([deal], after: leads)
    let peers = RecordPeers(["deals": first, "leads": leads], by: "tasks")
    #expect(try await peers.readable([lead, deal], call()) == [lead, deal])
  }

  @Test func `are asked for at most 200 records at once`() async throws {
    let many = (0..<450).map { RecordRef(LeadID(high: 9, low: UInt64($0))) }
    let service = PeerDouble(many)
    let peers = RecordPeers(["leads": service], by: "tasks")
    #expect(try await peers.readable(many + many, call()).count == 450)
    #expect(service.requests.map(\.ids.count) == [200, 200, 50])
  }

  @Test func `are named when they do not answer, and what the others say counts`() async throws {
    leads.fail(.unavailable("down"))
    let judgement = try await peers.judgement(of: [lead, deal], call())
    #expect(judgement == Judgement(readable: [deal], gaps: ["leads"]))
    let refused = await refusal { _ = try await peers.readable([lead, deal], call()) }
    #expect(refused?.code == .unavailable)
    #expect(try await peers.readable([deal], call()) == [deal])
  }

  @Test func `have nothing for a caller whom they serve nothing, and are no gap then`() async throws
  {
    leads.fail(.permissionDenied("members alone may ask"))
    let judgement = try await peers.judgement(of: [lead, deal], call())
    #expect(judgement == Judgement(readable: [deal], gaps: []))
  }

  @Test func `refuse a caller whose token has expired`() async throws {
    leads.fail(.unauthenticated("the token has expired"))
    let refused = await refusal { _ = try await peers.judgement(of: [lead, deal], call()) }
    #expect(refused?.code == .unauthenticated)
  }

  @Test func `tell what happened to a record, each to its own`() async throws {
    let request = ListHistoryRequest(id: deal.description)
    let entries = try await peers.history(request, call()).entries
    #expect(entries.map(\.action) == [deal.description])
    #expect(leads.credentials.isEmpty && deals.credentials.count == 1)
    for id in ["nonsense", "\(RecordRef(MemberID(high: 3, low: 3)))", ""] {
      let refused = await refusal {
        _ = try await peers.history(ListHistoryRequest(id: id), call())
      }
      #expect(refused?.code == .notFound, "\(id)")
      let unknown = await refusal { _ = try peers.require(id) }
      #expect(unknown?.code == (id.isEmpty ? .invalidArgument : .notFound), "\(id)")
    }
    let found = try peers.require(deal.description)
    #expect(found.record == deal && found.service == "deals")
    #expect(peers.service(of: "lead") == "leads" && peers.service(of: "account") == "deals")
    #expect(peers.service(of: "member") == nil && peers.service(of: "nonsense") == nil)
  }
}
