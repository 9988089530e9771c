import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `The tables of Deals` {
  private func columns<Record: StoredRecord>(
    of _: Record.Type,
    besides: Set<String> = [],
    _ store: Store
  ) async throws -> Bool {
    let names = Record.schema.columnNames.union(besides)
    return try await store.columns(of: Record.schema.table) == names
  }

  @Test func `have a column for every field and no other`() async throws {
    let opened = try TestStore("deals", DealsService.migrations)
    let store = opened.store
    #expect(try await columns(of: Account.self, besides: AccountRules.privateColumns, store))
    #expect(try await columns(of: Contact.self, besides: ContactRules.privateColumns, store))
    #expect(try await columns(of: Pipeline.self, store))
    #expect(try await columns(of: Deal.self, store))
    #expect(try await columns(of: WinReason.self, store))
    #expect(try await columns(of: LossReason.self, store))
    #expect(try await columns(of: HealthRule.self, store))
    #expect(try await store.columns(of: "accounts_to_score") == ["tenant_id", "account_id"])
    let tasks: Set = ["tenant_id", "task_id", "account_id", "is_overdue"]
    #expect(try await store.columns(of: "account_tasks") == tasks)
    for totals in DealsObjects.schemas.flatMap(\.totals) {
      #expect(try await store.columns(of: totals.table) == totals.columnNames)
    }
    let snapshots = Deal.forecast.snapshots
    let kept = try #require(Deal.schema.totals.first { $0.table == snapshots.totals })
    #expect(
      try await store.columns(of: snapshots.table) == kept.columnNames.union(["snapshot_date"])
    )
    #expect(try await store.columns(of: snapshots.days) == ["tenant_id", "day", "is_whole"])
    withExtendedLifetime(opened) {}
  }
}

@Suite @LoopActor struct `A list of Deals` {
  private let log = PlanLog()

  /// A bench with thousands of accounts, contacts and deals of all sorts, and one of each with a rare name.
  private func filled() async throws -> (bench: DealsBench, account: Account) {
    let bench = try await DealsBench(plans: log)
    let first = try await bench.account("Account") { $0.type = "partner" }
    for number in 0..<40 {
      let account = try await bench.account("Account \(number)") { $0.parentId = first.id }
      let contact = try await bench.contact("Contact \(number)") {
        ($0.accountId, $0.email) = (account.id, "c\(number)@example.com")
      }
      _ = try await bench.deal("Deal \(number)") {
        $0.accountId = account.id
        $0.contacts = [DealContact(contactId: contact.id)]
        $0.ownerId = bench.reps[number % 2]
        $0.stage = number % 2 == 0 ? "new" : "demo"
        $0.amount = number % 3 == 0 ? nil : Money(amountMinor: Int64(number), currency: .usd)
        $0.expectedCloseDate = number % 3 == 0 ? nil : CalendarDate("2026-02-01")
      }
      bench.clock.advance(by: .seconds(60))
    }
    while try await bench.handlers.rescorer.advance(bench.tenant, by: 50) {}
    for table in ["accounts", "contacts", "deals"] {
      try await bench.opened.multiply(table, of: bench.tenant, doublings: 6, others: 5)
    }
    try await fillLookups(bench)
    try await ListPlans(bench.handlers.accounts, log).indexWords(of: bench.tenant)
    try await ListPlans(bench.handlers.contacts, log).indexWords(of: bench.tenant)
    try await ListPlans(bench.handlers.deals, log).indexWords(of: bench.tenant)
    _ = try await bench.account("Quillfeather")
    _ = try await bench.contact("Quillfeather")
    _ = try await bench.deal("Quillfeather")
    try bench.opened.settle("accounts", "contacts", "deals", "contact_accounts", "deal_contacts")
    return (bench, first)
  }

  /// Gives each contact and deal as many rows in its table of ids as it would have.
  private func fillLookups(_ bench: DealsBench) async throws {
    try await bench.handlers.store.systemWrite(as: Author(actor: "system:test")) { transaction in
      for (lookup, table) in [("contact_accounts", "contacts"), ("deal_contacts", "deals")] {
        _ = try transaction.execute(
          """
          INSERT INTO \(SQL(name: lookup)) (tenant_id, record_id, target_id)
          SELECT tenant_id, id, account_id FROM \(SQL(name: table)) WHERE account_id IS NOT NULL
          ON CONFLICT DO NOTHING
          """
        )
      }
    }
  }

  @Test func `reads and sorts no more of a tenant's records than it needs`() async throws {
    let (bench, account) = try await filled()
    let (handlers, admin) = (bench.handlers, [bench.asAdmin()])
    let pipeline = try await bench.pipeline().idText
    let deal = try #require(
      try await handlers.listDeals(.init(pageSize: 1), bench.asAdmin()).message().deals.first
    )
    let contact = deal.contactIds.first ?? ContactID(high: 1, low: 1)
    let small: Set = ["pipelines", "win_reasons", "loss_reasons"]
    let words = ["quillfeather"]
    _ = log.take()
    let faults =
      try await ListPlans(handlers.accounts, log).faults(
        filters: ["parent_id == '\(account.idText)'"],
        words: words,
        admin
      )
      + ListPlans(handlers.contacts, log).faults(
        filters: ["'\(account.idText)' in account_ids", "email == 'C7@example.com'"],
        words: words,
        admin
      )
      + ListPlans(handlers.deals, log, small: small).faults(
        filters: ["pipeline_id == '\(pipeline)' && stage == 'demo'", "stage == 'demo'"],
        words: [],
        orders: ["", "rank"],
        admin
      )
      + ListPlans(handlers.deals, log, small: small).faults(
        filters: ["account_id == '\(account.idText)'", "'\(contact)' in contact_ids"],
        words: words,
        orders: [""],
        admin
      )
      + ListPlans(handlers.deals, log, small: small).faults(admin)
    #expect(faults == [])
  }
}
