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
}
