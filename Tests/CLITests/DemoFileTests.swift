import MeshCore
import Testing

@testable import leadmesh

@Suite struct `A demo file` {
  private func text(rows: Int, seed: UInt64 = 1, chunk: Int = 4_096) -> String {
    var file = DemoFile(rows: rows, seed: seed)
    var bytes: [UInt8] = []
    while true {
      let next = file.read(chunk)
      if next.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += next
    }
  }

  @Test func `is the same for the same seed, however it is read, and another for another`() {
    let whole = text(rows: 300)
    #expect(whole == text(rows: 300, chunk: 7))
    #expect(whole != text(rows: 300, seed: 2))
    #expect(text(rows: 301).hasPrefix(whole))
  }

  @Test func `gives full chunks until its end, then nothing`() {
    var file = DemoFile(rows: 100, seed: 1)
    #expect(file.read(5_000).count == 5_000)
    while !file.read(5_000).isEmpty {}
    #expect(file.read(5_000).isEmpty)
  }

  @Test func `has a header and as many values in each row`() throws {
    var parts = text(rows: 0).split(separator: "\n")
    #expect(parts.removeFirst() == DemoLead.columns.joined(separator: ",")[...])
    #expect(parts.isEmpty)
    let file = DemoFile(rows: 200, seed: 3)
    #expect((0..<200).allSatisfy { file.lead($0).values.count == DemoLead.columns.count })
  }

  @Test func `quotes what a reader of CSV would take apart`() throws {
    let description = "Met at the fair.\nInterested in three sites, decides in spring."
    let guide = "Downloaded the guide to \"\"faster quotes\"\"."
    let text = text(rows: 500)
    #expect(text.contains("\"\(description)\""))
    #expect(text.contains("\"\(guide)\""))
  }

  @Test func `has duplicates and rows that cannot become a lead, and few of both`() {
    let file = DemoFile(rows: 5_000, seed: 1)
    let leads = (0..<5_000).map(file.lead)
    let unreachable = leads.filter { $0.email.isEmpty && $0.phone.isEmpty }.count
    let nameless = leads.filter { $0.lastName.isEmpty && $0.company.isEmpty }.count
    let malformed = leads.filter { $0.email.contains(" ") }.count
    #expect([unreachable, malformed, nameless] == [4, 3, 3])

    var seen: Set<String> = []
    let repeated = leads.filter {
      !$0.email.isEmpty && !seen.insert($0.email.lowercased()).inserted
    }
    #expect((85...100).contains(repeated.count))
    #expect(Set(leads.map(\.id)).count == 5_000)
  }

  @Test func `gives a person an address of their own in files of any length`() {
    let file = DemoFile(rows: .max, seed: 9)
    var seen: Set<String> = []
    // Past the first walk through the companies' names, and past those with a region before them.
    for number in [0..<9_000, 110_000..<114_000].joined() where number % 50 != 37 {
      let email = file.lead(number).email
      if !email.isEmpty && !seen.insert(email).inserted { Issue.record("\(email) comes twice") }
    }
  }

  @Test func `has addresses of reserved domains in plain ASCII`() {
    let file = DemoFile(rows: 2_000, seed: 4)
    for number in 0..<2_000 where number % 500 != 250 {
      let email = file.lead(number).email
      #expect(email.isEmpty || email.lowercased().hasSuffix(".example"))
      #expect(email.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
  }
}

@Suite struct `The demo's tenants` {
  @Test func `have an owner and every role, with at least two who take leads`() {
    for tenant in DemoTenant.all {
      #expect(tenant.owner.isOwner)
      let roles = tenant.people.map(\.role)
      #expect(Set(roles) == ["admin", "manager", "rep", "read_only"])
      #expect(roles.filter { $0 == "rep" }.count >= 2)
      #expect(Set(tenant.people.map(tenant.email)).count == tenant.people.count)
    }
  }

  @Test(arguments: DemoTenant.all.map(\.seed))
  func `begin with 5,000 leads and ten rows that cannot become one`(seed: UInt64) {
    let file = DemoFile(rows: DemoTenant.rows, seed: seed)
    let refused = (0..<file.rows).map(file.lead).filter { lead in
      lead.email.isEmpty && lead.phone.isEmpty || lead.email.contains(" ")
        || lead.lastName.isEmpty && lead.company.isEmpty
    }
    #expect(refused.count == 10 && file.rows - refused.count == 5_000)
  }

  @Test func `are listed with a way in for each person`() {
    let table = DemoTenant.loginTable { "http://\($0).localhost:8080" }
    let lines = table.split(separator: "\n")
    #expect(lines.count == 1 + DemoTenant.all.reduce(0) { $0 + $1.people.count })
    #expect(
      lines[1].split(separator: " ").map(String.init) == [
        "http://acme.localhost:8080", "owner", "Olivia", "Grant", "olivia.grant@acme.example",
        DemoTenant.password,
      ]
    )
  }

  @Test func `have teams of their own people, each after the one that it is below`() {
    for tenant in DemoTenant.all {
      let names = tenant.people.map(\.name)
      var known: Set<String> = [""]
      for team in tenant.teams {
        #expect(names.contains(team.manager) && Set(names).isSuperset(of: team.members))
        #expect(known.contains(team.parent))
        #expect(known.insert(team.name).inserted)
      }
      let reps = tenant.people.filter { $0.role == "rep" }.map(\.name)
      #expect(Set(tenant.teams.flatMap(\.members)) == Set(reps))
    }
  }

  @Test(arguments: 0..<2)
  func `sell in every stage of two pipelines, in two currencies and for several people`(
    place: Int
  ) throws {
    let tenant = DemoTenant.all[place]
    let today = try #require(CalendarDate("2026-11-28"))
    let deals = tenant.deals(around: today)
    #expect(Set(deals.map(\.id)).count == deals.count && deals.count == 240)
    for pipeline in DemoTenant.pipelines {
      let own = deals.filter { $0.pipeline == pipeline.name }
      #expect(Set(own.map(\.stage.name)) == Set(pipeline.stages.map(\.name)))
    }
    let currencies = Set(deals.map { String($0.amount.suffix(3)) })
    #expect(currencies == [tenant.currency, tenant.otherCurrency])
    #expect(Set(deals.map(\.owner)) == Set(tenant.sellers.map(tenant.email)))
    #expect(deals.map(\.values) == tenant.deals(around: today).map(\.values), "the same each time")
  }

  @Test func `close deals before today, after they began, and give a reason`() throws {
    let today = try #require(CalendarDate("2026-03-01"))
    for deal in DemoTenant.all.flatMap({ $0.deals(around: today) }) {
      #expect(deal.values.count == DemoDeal.columns.count)
      #expect(deal.start < today)
      #expect((deal.close == nil) == (deal.stage.kind == "open"))
      if let close = deal.close { #expect(deal.start < close && close < today) }
      #expect(deal.winReason.isEmpty == (deal.stage.kind != "won"))
      #expect(deal.lossReason.isEmpty == (deal.stage.kind != "lost"))
    }
  }

  @Test func `sell to accounts of many names, and only what fits the account`() throws {
    let today = try #require(CalendarDate("2026-11-28"))
    for tenant in DemoTenant.all {
      let accounts = (0..<DemoTenant.accounts).map { DemoAccount(number: $0, of: tenant) }
      let beginnings = Set(accounts.compactMap { $0.company.name.split(separator: " ").first })
      #expect(beginnings.count > accounts.count / 2)
      let phone = try #require(DemoAccount.columns.firstIndex(of: "Phone"))
      #expect(accounts.allSatisfy { !$0.values[phone].isEmpty })
      for deal in tenant.deals(around: today) {
        let lifecycle = deal.account.lifecycle
        if deal.stage.kind == "won" { #expect(lifecycle == "customer") }
        if deal.stage.kind == "open" { #expect(lifecycle != "inactive") }
      }
    }
  }

  @Test func `have a team of their own for everyone who sells`() {
    for tenant in DemoTenant.all {
      let teams = tenant.sellerNames.map { tenant.team(of: $0)?.name }
      #expect(Set(teams).count == teams.count && !teams.contains(nil))
      for rep in tenant.people where rep.role == "rep" {
        #expect(tenant.team(of: rep.name)?.members.contains(rep.name) == true)
      }
    }
  }

  @Test func `show a manager less of what is sold than an admin`() {
    for tenant in DemoTenant.all {
      for manager in tenant.people where manager.role == "manager" {
        let reached = tenant.teams.filter { $0.manager == manager.name }.flatMap(\.members)
        let sellers = Set(tenant.people.filter { $0.role == "rep" }.map(\.name))
        #expect(!reached.isEmpty && !sellers.isSubset(of: reached))
      }
    }
  }

  @Test func `know two people at each of their accounts`() {
    for tenant in DemoTenant.all {
      let accounts = (0..<DemoTenant.accounts).map { DemoAccount(number: $0, of: tenant) }
      #expect(Set(accounts.map(\.company.name)).count == accounts.count)
      #expect(accounts.allSatisfy { $0.values.count == DemoAccount.columns.count })
      let people = accounts.flatMap(\.people)
      #expect(people.allSatisfy { $0.count == DemoAccount.contactColumns.count })
      #expect(people.count == 120 && Set(people.map { $0[0] }).count == 120)
      let addresses = people.map { $0[3] }.filter { !$0.isEmpty }
      #expect(Set(addresses).count == addresses.count)
    }
  }
}
