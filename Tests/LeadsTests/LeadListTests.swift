import CEL
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@Suite struct `Listing leads` {
  @LoopActor
  @Test func `pages through every lead once while others come in`() async throws {
    let bench = try await LeadsBench()
    var expected: Set<String> = []
    for number in 0..<25 { expected.insert(try await bench.create("L\(number)").idText) }
    var seen: [String] = []
    var request = ListLeadsRequest(orderBy: "score desc", pageSize: 4)
    repeat {
      let page = try await bench.handlers.listLeads(request, bench.asAdmin()).message()
      seen += page.leads.map(\.idText)
      request.pageToken = page.nextPageToken
      _ = try await bench.create("Later\(seen.count)")
    } while !request.pageToken.isEmpty
    #expect(expected.isSubset(of: seen))
    #expect(Set(seen).count == seen.count)
  }

  @LoopActor
  @Test(arguments: ["", "last_name", "status, score desc"])
  func `is of what words find from its end too`(order: String) async throws {
    let bench = try await LeadsBench()
    for number in 0..<9 {
      _ = try await bench.create("L\(number)") {
        $0.companyName = number % 3 == 0 ? "Other" : "Found"
      }
    }
    func list(_ request: ListLeadsRequest) async throws -> ListLeadsResponse {
      var request = request
      (request.query, request.orderBy) = ("found", order)
      return try await bench.handlers.listLeads(request, bench.asAdmin()).message()
    }
    let all = try await list(ListLeadsRequest()).leads
    #expect(all.count == 6)
    let last = try await list(ListLeadsRequest(pageSize: 4, fromEnd: true))
    #expect(last.leads == all.suffix(4) && last.nextPageToken.isEmpty && last.totalSize == 6)
    let first = try await list(ListLeadsRequest(pageSize: 4, pageToken: last.previousPageToken))
    #expect(first.leads == Array(all.prefix(2)) && first.previousPageToken.isEmpty)
    let forward = try await list(ListLeadsRequest(pageSize: 4, pageToken: first.nextPageToken))
    #expect(forward.leads == last.leads)
  }

  @LoopActor
  @Test func `finds by filter, by words and by both`() async throws {
    let bench = try await LeadsBench()
    let joe = try await bench.create("Szyslak") {
      $0.firstName = "Joe"
      $0.companyName = "Moe's Bar"
      $0.companySize = 3
    }
    _ = try await bench.create("Sampson") { $0.phone = "555-321-8967" }
    let list = { @LoopActor (filter: String, query: String) in
      try await bench.handlers.listLeads(
        ListLeadsRequest(filter: filter, query: query),
        bench.asAdmin()
      ).message().leads.map(\.id)
    }
    #expect(try await list("company_size < 10", "") == [joe.id])
    #expect(try await list("", "moes szy") == [joe.id])
    #expect(try await list("status == 'new' && owner_id != null", "joe") == [joe.id])
    #expect(try await list("status == 'dead'", "joe").isEmpty)
    #expect(try await list("", "8967").count == 1)
  }

  @LoopActor
  @Test func `takes an empty text for no value, and compares amounts with any number`() async throws
  {
    let bench = try await LeadsBench()
    let euro = try #require(CurrencyCode("EUR"))
    let joe = try await bench.create("Szyslak") {
      $0.companyName = "Moe's Bar"
      $0.annualRevenue = Money(amountMinor: 1_001, currency: euro)
    }
    let homer = try await bench.create("Simpson") { $0.jobTitle = "Inspecteur général" }
    let list = { @LoopActor (filter: String) in
      let condition = try Lead.conditions.compile(filter)
      let matching = [joe, homer].filter { condition.matches(Lead.conditions.values(of: $0)) }
      let found = try await bench.handlers.listLeads(
        ListLeadsRequest(filter: filter),
        bench.asAdmin()
      ).message().leads
      #expect(found.map(\.id) == matching.map(\.id), "\(filter)")
      return found.map(\.id)
    }
    for filter in [
      "email == 'Simpson@EXAMPLE.com'", "job_title == 'Inspecteur ge\u{301}ne\u{301}ral'",
      "email in ['SIMPSON@example.com', null]",
      "email.startsWith('SIMP')", "'SIMPSON@Example.COM' == email",
      "(email == null ? '' : email) == 'SIMPSON@EXAMPLE.COM'",
      "email != 'JOE@example.com' && email.endsWith('@EXAMPLE.com') && last_name == 'Simpson'",
    ] {
      #expect(try await list(filter).contains(homer.id), "\(filter)")
    }
    for filter in [
      "company_name == null", "company_name == ''", "company_name in ['', 'x']", "job_title < 'J'",
      "!(company_name != '')", "size(job_title) > 3", "job_title != ''",
    ] {
      #expect(try await list(filter) == [homer.id], "\(filter)")
    }
    for filter in [
      "company_name != null", "job_title == null", "!company_name.contains('x')",
      "annual_revenue.amount_minor > 1000.5", "annual_revenue.amount_minor < 1001.5",
      "annual_revenue > 10", "annual_revenue == 10.01", "annual_revenue in [1, 10.01]",
      "annual_revenue != null && annual_revenue < 10.011",
    ] {
      #expect(try await list(filter) == [joe.id], "\(filter)")
    }
  }

  @LoopActor
  @Test func `orders leads by the names that are shown, in the alphabet`() async throws {
    let bench = try await LeadsBench()
    for name in ["oswald", "Österreich", "Adams", "Zimmer"] { _ = try await bench.create(name) }
    _ = try await bench.create("", email: "a@example.com") { $0.companyName = "Ährenwort KG" }
    _ = try await bench.create("", email: "z@example.com") {
      $0.firstName = "Éva"
      $0.companyName = "Zett AG"
    }
    let order = { @LoopActor (order: String) in
      try await bench.handlers.listLeads(ListLeadsRequest(orderBy: order), bench.asAdmin())
        .message()
        .leads.map { $0.lastName.isEmpty ? $0.companyName : $0.lastName }
    }
    let names = ["Adams", "Ährenwort KG", "Zett AG", "Österreich", "oswald", "Zimmer"]
    #expect(try await order("last_name") == names)
    #expect(try await order("last_name desc") == names.reversed())
  }

  @LoopActor
  @Test func `orders a status by its place in the tenant's list`() async throws {
    let bench = try await LeadsBench()
    let keys = try await bench.statuses().filter { $0.type != .converted }.map(\.key)
    for key in keys.sorted() { _ = try await bench.create("Denson") { $0.status = key } }
    let order = { @LoopActor (order: String) in
      try await bench.handlers.listLeads(ListLeadsRequest(orderBy: order), bench.asAdmin())
        .message()
        .leads.map(\.status)
    }
    for size in [1, 2, 4] as [Int32] {
      var (found, token): ([String], String) = ([], "")
      repeat {
        let page = try await bench.handlers.listLeads(
          ListLeadsRequest(orderBy: "status desc", pageSize: size, pageToken: token),
          bench.asAdmin()
        ).message()
        found += page.leads.map(\.status)
        token = page.nextPageToken
      } while !token.isEmpty
      #expect(found == keys.reversed())
      var back: [String] = []
      repeat {
        let page = try await bench.handlers.listLeads(
          ListLeadsRequest(
            orderBy: "status desc",
            pageSize: size,
            pageToken: token,
            fromEnd: true
          ),
          bench.asAdmin()
        ).message()
        back = page.leads.map(\.status) + back
        token = page.previousPageToken
      } while !token.isEmpty
      #expect(back == found)
    }
    #expect(try await order("status") == keys)
    #expect(try await order("status desc") == keys.reversed())
    _ = try await bench.change(bench.statuses()[0]) { $0.position = 5 }
    #expect(try await order("status") == Array(keys.dropFirst()) + keys.prefix(1))
  }

  @LoopActor
  @Test func `is sorted by the place of a source, and by country and digits of phone numbers`()
    async throws
  {
    let bench = try await LeadsBench()
    let sources = try await bench.handlers.listLeadSources(
      ListLeadSourcesRequest(),
      bench.asAdmin()
    ).message().leadSources.sorted { $0.position < $1.position }.map(\.key)
    let phones = ["+493012345678", "", "+12125550143"]
    for (source, phone) in zip([sources[1], "", sources[0]], phones) {
      _ = try await bench.create("Denson") { ($0.source, $0.phone) = (source, phone) }
    }
    func order(_ by: String) async throws -> [Lead] {
      try await bench.handlers.listLeads(ListLeadsRequest(orderBy: by), bench.asAdmin())
        .message().leads
    }
    #expect(try await order("source").map(\.source) == [sources[0], sources[1], ""])
    #expect(try await order("source desc").map(\.source) == [sources[1], sources[0], ""])
    #expect(try await order("phone").map(\.phone) == [phones[2], phones[0], ""])
    #expect(try await order("phone desc").map(\.phone) == [phones[0], phones[2], ""])
  }

  @LoopActor
  @Test func `is filtered by whether nobody has worked on a lead yet`() async throws {
    let bench = try await LeadsBench()
    let fresh = try await bench.create("Denson")
    let worked = try await bench.create("Sims")
    let time = bench.clock.now
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:test")) {
      try $0.execute("UPDATE leads SET last_activity_time = \(time) WHERE id = \(worked.id)")
    }
    func found(_ filter: String) async throws -> [LeadID?] {
      try await bench.handlers.listLeads(ListLeadsRequest(filter: filter), bench.asAdmin())
        .message().leads.map(\.id)
    }
    #expect(try await found("last_activity_time == null") == [fresh.id])
    #expect(try await found("last_activity_time != null") == [worked.id])
  }

  @LoopActor
  @Test(arguments: [
    (ListLeadsRequest(filter: "nonsense == 1"), "filter"),
    (ListLeadsRequest(filter: "score =="), "filter"),
    (ListLeadsRequest(filter: "score"), "filter"),
    (ListLeadsRequest(orderBy: "shoe_size"), "order_by"),
    (ListLeadsRequest(orderBy: "score sideways"), "order_by"),
    (ListLeadsRequest(pageToken: "broken"), "page_token"),
    (ListLeadsRequest(pageSize: -1), "page_size"),
  ])
  func `names what it cannot understand`(request: ListLeadsRequest, field: String) async throws {
    let bench = try await LeadsBench()
    let refused = await refusal {
      _ = try await bench.handlers.listLeads(request, bench.asAdmin()).message()
    }
    #expect(refused?.code == .invalidArgument)
    #expect(refused?.violations.map(\.field) == [field])
  }

  @LoopActor
  @Test func `takes no page token for another list`() async throws {
    let bench = try await LeadsBench()
    for number in 0..<3 { _ = try await bench.create("L\(number)") }
    let page = try await bench.handlers.listLeads(ListLeadsRequest(pageSize: 1), bench.asAdmin())
      .message()
    let refused = await refusal {
      _ = try await bench.handlers.listLeads(
        ListLeadsRequest(filter: "score > 1", pageSize: 1, pageToken: page.nextPageToken),
        bench.asAdmin()
      ).message()
    }
    #expect(refused?.reason == .invalidPageToken)
  }

  @LoopActor
  @Test func `reads tables that have a column for every field and no other`() async throws {
    let bench = try await LeadsBench()
    let store = bench.handlers.store
    let leads = Lead.schema.columnNames.union(LeadRules.privateColumns)
    #expect(try await store.columns(of: "leads") == leads)
    #expect(try await store.columns(of: "scoring_rules") == ScoringRule.schema.columnNames)
  }

  @Test func `translates every field that a condition may name`() throws {
    for name in Lead.conditions.environment.names {
      let condition = try Lead.conditions.compile("\(name) == null")
      #expect(throws: Never.self) { try Lead.conditions.sql(condition) }
    }
  }
}
