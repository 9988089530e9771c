import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import TypeAPI

/// Reads what those who sell in a demo tenant have to work on, in an order that is the same each time.
@LoopActor
struct DemoBooks {
  private static let deals = 8
  private static let customers = 6

  let mesh: Mesh
  let services: DemoServices
  let demo: DemoTenant
  let tenant: TenantID
  /// The tenant's members by their e-mail addresses.
  let members: [String: MemberID]

  /// A book of each, in the order of `DemoTenant.sellerNames`.
  func read() async throws(CommandError) -> [DemoBook] {
    var books: [DemoBook] = []
    for name in demo.sellerNames {
      guard let person = demo.people.first(where: { $0.name == name }),
        let member = members[demo.email(of: person)]
      else { continue }
      books.append(try await book(of: name, isOwn: "owner_id == '\(member)'"))
    }
    return books
  }

  private func book(of name: String, isOwn: String) async throws(CommandError) -> DemoBook {
    var book = DemoBook(seller: name)
    book.leads = try await leads(isOwn)
    let accounts = try await accounts(isOwn)
    book.customers = Array(
      accounts.filter { $0.account.lifecycle == "customer" }.map(\.subject).prefix(Self.customers)
    )
    book.deals = try await deals(isOwn, accounts.map(\.subject))
    return book
  }

  private func leads(_ isOwn: String) async throws(CommandError) -> [DemoSubject] {
    let open = "status in ['new', 'contacted', 'qualified'] && !do_not_call && company_name != ''"
    let request = ListLeadsRequest(
      filter: "\(isOwn) && \(open) && last_name != '' && duplicate_of == null",
      orderBy: "score desc",
      pageSize: Int32(DemoBook.leadCount),
      fields: .init(paths: ["display_name", "company_name"])
    )
    let page = try await mesh.ask { () async throws(MeshError) in
      try await services.leads.listLeads(request, mesh.options(in: tenant))
    }
    return page.leads.compactMap { lead in
      lead.id.map {
        DemoSubject(id: RecordRef($0), person: lead.displayName, company: lead.companyName)
      }
    }
  }

  /// Accounts, each with the first of the contacts there.
  private func accounts(
    _ isOwn: String
  ) async throws(CommandError) -> [(account: Account, subject: DemoSubject)] {
    let options = mesh.options(in: tenant)
    let request = ListAccountsRequest(
      filter: "\(isOwn) && !archived",
      orderBy: "name",
      pageSize: 1_000,
      fields: .init(paths: ["name", "lifecycle"])
    )
    let page = try await mesh.ask { () async throws(MeshError) in
      try await services.accounts.listAccounts(request, options)
    }
    let people = ListContactsRequest(
      filter: isOwn,
      orderBy: "create_time",
      pageSize: 1_000,
      fields: .init(paths: ["display_name", "account_id"])
    )
    let contacts = try await mesh.ask { () async throws(MeshError) in
      try await services.contacts.listContacts(people, options)
    }.contacts
    return page.accounts.compactMap { account in
      guard let id = account.id,
        let contact = contacts.first(where: { $0.accountId == id }), let person = contact.id
      else { return nil }
      let subject = DemoSubject(
        id: RecordRef(id),
        others: [RecordRef(person)],
        person: contact.displayName,
        company: account.name
      )
      return (account, subject)
    }
  }

  /// Open deals that are no renewals, one of an account.
  private func deals(
    _ isOwn: String,
    _ accounts: [DemoSubject]
  ) async throws(CommandError) -> [DemoSubject] {
    let request = ListDealsRequest(
      filter: "\(isOwn) && status == 'open' && !name.startsWith('Renewal')",
      orderBy: "expected_close_date",
      pageSize: 200,
      fields: .init(paths: ["account_id"])
    )
    let page = try await mesh.ask { () async throws(MeshError) in
      try await services.deals.listDeals(request, mesh.options(in: tenant))
    }
    var left = accounts
    let subjects = page.deals.compactMap { deal -> DemoSubject? in
      guard let id = deal.id, let account = deal.accountId.map({ RecordRef($0) }),
        let place = left.firstIndex(where: { $0.id == account })
      else { return nil }
      let customer = left.remove(at: place)
      return DemoSubject(
        id: RecordRef(id),
        others: customer.related,
        person: customer.person,
        company: customer.company
      )
    }
    return Array(subjects.prefix(Self.deals))
  }
}
