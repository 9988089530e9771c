import LeadsAPI
import MeshCore
import MeshLoop
import MeshRecords
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@Suite struct `Cleaning a lead` {
  private func brokenFields(_ change: (inout Lead) -> Void) -> [String] {
    var lead = Lead(lastName: "Denson", email: "gary@example.com")
    change(&lead)
    var check = FieldCheck()
    try? lead.conform(to: Lead.schema, &check)
    return check.violations.map(\.field)
  }

  @LoopActor
  @Test func `brings a phone number of the tenant's region into E 164`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.phone = "660-485-0224" }
    #expect(lead.phone == "+16604850224")
    #expect(lead.phoneValid)
  }

  @LoopActor
  @Test func `keeps a phone number that cannot exist, and says so`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.phone = "ask at the desk" }
    #expect(lead.phone == "ask at the desk")
    #expect(!lead.phoneValid)
  }

  @LoopActor
  @Test func `keeps a number's extension, and a number of no possible length as it is`()
    async throws
  {
    let bench = try await LeadsBench()
    for text in ["+1 212 555 0143 ext. 12", "212-555-0143 x12", "tel:+12125550143;ext=12"] {
      let lead = try await bench.create("Denson") { $0.phone = text }
      #expect(lead.phone == "+12125550143 ext. 12" && lead.phoneValid)
    }
    for text in ["12", "555 0100 ext. 12", "0049 30 901820", "212 555 0143 (mobile)"] {
      let lead = try await bench.create("Denson") { $0.phone = text }
      #expect(lead.phone == text && !lead.phoneValid)
    }
  }

  @Test func `takes spaces and control characters out of names, and keeps a description's lines`()
    throws
  {
    var lead = Lead(companyName: " \tMoe's\r\n  Bar \u{1} ", description: "\nfirst \nsecond\n")
    var check = FieldCheck()
    try lead.conform(to: Lead.schema, &check)
    #expect(lead.companyName == "Moe's Bar")
    #expect(lead.description == "first\nsecond")
  }

  @LoopActor
  @Test func `needs a last name or a company, and a way to be reached, and says both at once`()
    async throws
  {
    let bench = try await LeadsBench()
    let refused = await refusal {
      _ = try await bench.handlers.createLead(CreateLeadRequest(lead: Lead()), bench.asAdmin())
    }
    #expect(refused?.violations.map(\.field) == ["last_name", "email"])
  }

  @Test(arguments: [
    "gary", "gary@", "@example.com", "gary@example", "ga ry@example.com", "a..b@example.com",
    "gary@-example.com", "gary@exa_mple.com", "gary@example.com.",
  ])
  func `refuses what is no e-mail address`(address: String) {
    #expect(brokenFields { $0.email = address } == ["email"])
  }

  @Test(arguments: ["g@example.com", "o'brien+crm@mail.example.co.uk", "müller@bücher.example"])
  func `takes what is an e-mail address`(address: String) {
    #expect(brokenFields { $0.email = address }.isEmpty)
  }

  @Test(arguments: ["javascript:alert(1)", "ftp://example.com", "no address", "https://"])
  func `refuses web addresses that a browser should not be sent to`(address: String) {
    #expect(brokenFields { $0.website = address } == ["website"])
  }

  @Test(arguments: ["CameraUpdate.com", "http://example.com/a?b=c", "example.com:8080/x"])
  func `takes web addresses as people write them`(address: String) {
    #expect(brokenFields { $0.website = address }.isEmpty)
  }

  @Test func `bounds the length of texts in characters`() {
    #expect(brokenFields { $0.city = String(repeating: "ö", count: 200) }.isEmpty)
    #expect(brokenFields { $0.city = String(repeating: "ö", count: 201) } == ["city"])
  }

  @Test func `refuses a contact method, a zone and a size that are none`() {
    let fields = brokenFields {
      $0.preferredContactMethod = "pigeon"
      $0.timeZone = "Mars/Olympus"
      $0.companySize = -1
    }
    #expect(fields == ["company_size", "preferred_contact_method", "time_zone"])
  }
}

@Suite struct `Duplicate keys` {
  private func keys(_ first: String, _ last: String, _ email: String, _ phone: String)
    -> DuplicateKeys
  {
    DuplicateKeys(of: Lead(firstName: first, lastName: last, email: email, phone: phone))
  }

  @Test func `are the same for an address in any case`() {
    #expect(keys("A", "B", "X@Example.com", "").email == keys("", "", "x@example.COM", "").email)
  }

  @Test func `tell people with one phone number apart by their names`() {
    let liza = keys("Liza", "Sampson", "", "+15553218967")
    #expect(liza.phone == keys("LIZA", "sampson", "", "+15553218967").phone)
    #expect(liza.phone != keys("Margery", "Sampson", "", "+15553218967").phone)
  }

  @Test func `are empty for a phone number without a name`() {
    #expect(keys("", "", "", "+15553218967").phone.isEmpty)
  }
}

@Suite struct `The score of a lead` {
  private func component(_ points: Int32, _ name: String) -> ScoreComponent {
    ScoreComponent(
      ruleId: ScoringRuleID(high: 0, low: UInt64(points.magnitude)),
      name: name,
      points: points
    )
  }

  @Test func `is the sum of its rules, between 0 and 100`() {
    #expect(Score(of: [component(60, "a"), component(70, "b")]).points == 100)
    #expect(Score(of: [component(-60, "a"), component(20, "b")]).points == 0)
    #expect(Score(of: [component(-10, "a"), component(20, "b")]).points == 10)
  }

  @Test func `lists its rules by points, most first`() {
    let score = Score(of: [component(-5, "x"), component(20, "b"), component(20, "a")])
    #expect(score.breakdown.map(\.name) == ["a", "b", "x"])
  }

  @Test(arguments: [
    (0, Band.cold), (30, .cold), (31, .warm), (50, .warm), (51, .hot), (70, .hot), (71, .veryHot),
    (100, .veryHot),
  ])
  func `falls into a band`(points: Int, band: Band) {
    #expect(Band(points: points) == band)
  }

  @Test func `counts the rules whose conditions hold`() throws {
    let rule = { (id: UInt64, condition: String, points: Int32, isActive: Bool) in
      ScoringRule(
        id: ScoringRuleID(high: 0, low: id),
        displayName: condition,
        condition: condition,
        points: points,
        active: isActive
      )
    }
    let scorer = Scorer([
      rule(1, "company_size >= 200", 20, true),
      rule(2, "email.endsWith('.edu')", 30, true),
      rule(3, "true", 50, false),
      rule(4, "owner_id == null", 5, true),
      rule(5, "phone == null && company_name == ''", 3, true),
      rule(6, "phone != '1'", 4, true),
      rule(7, "phone < 'a' || !(phone < 'a') || company_name != null", 20, true),
    ])
    let lead = Lead(email: "dean@campus.edu")
    #expect(scorer.score(lead).points == 42)
  }
}
