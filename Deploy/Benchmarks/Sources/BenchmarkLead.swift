import MeshCore
import MeshStore

/// A lead as the Leads service stores one: its columns, its indexes and its change.
struct BenchmarkLead {
  enum Kind: IDKind {
    static let prefix: StaticString = "lead"
  }

  static let index = SearchIndex(object: "lead")

  static let migration = Migration(
    "m0001_create_leads",
    Array(
      """
      CREATE TABLE leads (
        tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
        id BYTEA NOT NULL,
        version BIGINT NOT NULL,
        first_name TEXT NOT NULL,
        last_name TEXT NOT NULL,
        email TEXT NOT NULL,
        phone TEXT NOT NULL,
        phone_valid BOOLEAN NOT NULL,
        job_title TEXT NOT NULL,
        company_name TEXT NOT NULL,
        industry TEXT NOT NULL,
        company_size BIGINT,
        annual_revenue_minor BIGINT,
        annual_revenue_currency TEXT,
        website TEXT NOT NULL,
        street_address TEXT NOT NULL,
        city TEXT NOT NULL,
        state TEXT NOT NULL,
        postal_code TEXT NOT NULL,
        country TEXT NOT NULL,
        source TEXT NOT NULL,
        status TEXT NOT NULL,
        owner_id BYTEA,
        score BIGINT NOT NULL,
        band TEXT NOT NULL,
        do_not_email BOOLEAN NOT NULL,
        do_not_call BOOLEAN NOT NULL,
        description TEXT NOT NULL,
        create_time BIGINT NOT NULL,
        update_time BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, id)
      );
      CREATE INDEX leads_by_create_time ON leads (tenant_id, create_time, id);
      CREATE INDEX leads_by_score ON leads (tenant_id, score, id);
      CREATE INDEX leads_by_status ON leads (tenant_id, status, create_time, id);
      """.utf8
    )
  )

  private static let firstNames = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Zoë"]
  private static let lastNames = ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth"]
  private static let companies = ["Solutions", "Industries", "Partners", "Logistics", "Robotics"]

  private let number: Int

  init(_ number: Int) { self.number = number }

  private var firstName: String { Self.firstNames[number % Self.firstNames.count] }
  private var lastName: String { Self.lastNames[number % Self.lastNames.count] + "\(number % 997)" }
  private var company: String { "Acme\(number % 499) \(Self.companies[number % 5])" }
  private var email: String { "\(lastName).\(number)@example.com" }
  private var phone: String { "+1415\(1_000_000 + number % 9_000_000)" }

  /// Stores the lead with its change.
  @discardableResult
  func insert(_ transaction: WriteTransaction) throws -> ID<Kind> {
    let id = transaction.ids.next(Kind.self)
    let now = transaction.now
    try transaction.execute(
      """
      INSERT INTO leads (
        id, version, first_name, last_name, email, phone, phone_valid, job_title, company_name,
        industry, company_size, annual_revenue_minor, annual_revenue_currency, website,
        street_address, city, state, postal_code, country, source, status, owner_id, score, band,
        do_not_email, do_not_call, description, create_time, update_time
      ) VALUES (
        \(id), \(1), \(firstName), \(lastName), \(email), \(phone), \(true), \("Engineer"),
        \(company), \("manufacturing"), \(250), \(12_500_000_00), \("USD"),
        \("https://www.example.com"), \("12 Analytical Way"), \("London"), \("LDN"), \("N1 9GU"),
        \("GB"), \("web"), \(number.isMultiple(of: 3) ? "new" : "contacted"), \(nil as [UInt8]?),
        \(number % 101), \("warm"), \(false), \(false), \("Asked for a call back next week."),
        \(now), \(now)
      )
      """
    )
    let after = [UInt8](repeating: 0x61, count: 400)
    try transaction.record(
      Change(action: "create", object: "lead", id: id.description, after: after)
    )
    return id
  }

  /// Stores the lead with its change and its words.
  func insertSearchable(_ transaction: WriteTransaction) throws {
    let id = try insert(transaction)
    var text = SearchText()
    for value in [firstName, lastName, company, email, "London"] { text.add(value) }
    text.addPhone(phone)
    try Self.index.put(id.words, text, in: transaction)
  }
}
