import MeshCore
import Testing

private enum LeadKind: IDKind {
  static let prefix: StaticString = "lead"
}

private enum DealKind: IDKind {
  static let prefix: StaticString = "deal"
}

@Suite struct `The id of a record of any kind` {
  private let kinds = KindRegistry([
    RecordKind("lead", prefix: "lead", of: "leads"),
    RecordKind("scoring_rule", prefix: "rule", of: "leads"),
  ])
  private let lead = ID<LeadKind>(high: 0x0195_0000_0000_7000, low: 1 << 63 | 5)

  @Test func `is one of its kind, in text and back`() {
    let ref = RecordRef(lead)
    #expect(ref.description == lead.description && RecordRef(lead.description) == ref)
    #expect(ref.prefix == "lead" && ref.words == lead.words)
    #expect(RecordRef(prefix: "lead", lead.words) == ref)
  }

  @Test func `is told from one of another kind with the same number`() {
    let deal = RecordRef(ID<DealKind>(high: lead.high, low: lead.low))
    #expect(RecordRef(lead) != deal && RecordRef(lead).key != deal.key)
    #expect(RecordRef(lead).key == lead.bytes + Array("lead".utf8))
    #expect(deal.key == lead.bytes + Array("deal".utf8))
  }

  @Test func `says which service has the record`() {
    #expect(kinds[prefix: "rule"] == RecordKind("scoring_rule", prefix: "rule", of: "leads"))
    #expect(kinds[prefix: "scoring_rule"] == nil && kinds[prefix: ""] == nil)
  }

  @Test(arguments: [
    "", "lead", "lead_", "lead_01h455vb4pex5vsknk084sn02", "deal_01h455vb4pex5vsknk084sn02q",
    "Lead_01h455vb4pex5vsknk084sn02q", "01h455vb4pex5vsknk084sn02q",
    "lead_81h455vb4pex5vsknk084sn02q",
  ])
  func `is no text of an unknown kind, and none that is not canonical`(text: String) {
    #expect(kinds.ref(text) == nil)
    #expect(kinds.ref("lead_01h455vb4pex5vsknk084sn02q") != nil)
  }
}
