import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A URL of PostgreSQL` {
  @Test func `names a database and what else libpq takes`() throws {
    let url = try PostgresURL(
      "postgres://admin@db.example:5433/crm?sslmode=verify-full&application_name=x"
    )
    #expect(url.database == "crm" && url.user == "admin")
    #expect(
      url.parameters == [
        "host": "db.example", "port": "5433", "dbname": "crm", "sslmode": "verify-full",
      ]
    )
    let socket = try PostgresURL("postgresql:///crm?host=/run/postgresql")
    #expect(
      socket.user.isEmpty && socket.parameters == ["dbname": "crm", "host": "/run/postgresql"]
    )
  }

  @Test(arguments: [
    ("postgres://admin:secret@localhost/crm", "must have no password"),
    ("postgres://localhost/crm?password=secret", "must have no password"),
    ("postgres://localhost", "must name a database"),
    ("postgres://localhost/", "must name a database"),
    ("mysql://localhost/crm", "must be sqlite or begin with postgres://"),
    ("postgres://localhost/crm?colour=red", "invalid URI query parameter: \"colour\""),
  ])
  func `is refused with the reason`(text: String, reason: String) {
    let fault = #expect(throws: PostgresURL.Fault.self) { try PostgresURL(text) }
    #expect(fault?.description.hasPrefix(reason) == true)
    #expect(fault?.description.contains("secret") == false)
  }

  @Test func `gives each service a schema and roles of its own`() throws {
    let url = try PostgresURL("postgres://localhost/crm")
    let server = PostgresServer(url, service: "leads", passwordFile: "/srv/leads.pgpass")
    #expect(server.schema == "leads")
    #expect(server.logins.map(\.role) == ["crm_leads_owner", "crm_leads", "crm_leads_system"])
    #expect(server.parameters["passfile"] == "/srv/leads.pgpass")
  }

  @Test func `must leave room for the service in the names of roles`() throws {
    let url = try PostgresURL("postgres://localhost/\(String(repeating: "x", count: 60))")
    let server = PostgresServer(url, service: "leads", passwordFile: nil)
    #expect(throws: StoreError.self) { try PostgresPreparation.script(server) }
  }
}
