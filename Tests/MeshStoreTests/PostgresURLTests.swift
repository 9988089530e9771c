import Glibc
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

  private func connecting(_ text: String) throws -> [String: String] {
    let server = PostgresServer(try PostgresURL(text), service: "leads", passwordFile: nil)
    return server.parameters(as: server.tenants, service: "leads")
  }

  @Test func `that says nothing of it has a server that is silent given up within seconds`() throws
  {
    let found = try connecting("postgres://admin@localhost/crm")
    #expect(
      found == [
        "host": "localhost", "dbname": "crm", "user": "crm_leads", "application_name": "leads",
        "client_encoding": "UTF8", "connect_timeout": "5",
        "options":
          "-c search_path=\"leads\" \(PostgresServer.serverPatience) \(PostgresServer.planning)",
        "tcp_user_timeout": "15000", "keepalives_idle": "10", "keepalives_interval": "5",
        "keepalives_count": "3",
      ]
    )
    let set = "connect_timeout=30&tcp_user_timeout=0&keepalives=0&keepalives_idle=60"
    let given = try connecting("postgres://localhost/crm?\(set)")
    #expect(given["connect_timeout"] == "30" && given["tcp_user_timeout"] == "0")
    #expect(given["keepalives"] == "0" && given["keepalives_idle"] == "60")
    #expect(given["keepalives_interval"] == "5")
  }

  @Test func `of a server that takes connections and says nothing is given up`() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var (address, size) = (sockaddr_in(), socklen_t(MemoryLayout<sockaddr_in>.size))
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let port = try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        try #require(bind(listener, pointer, size) == 0 && listen(listener, 1) == 0)
        try #require(getsockname(listener, pointer, &size) == 0)
      }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
    // Two seconds are the least that libpq takes.
    let url = try PostgresURL(
      "postgres://127.0.0.1:\(port)/crm?connect_timeout=2&sslmode=disable&gssencmode=disable"
    )
    let server = PostgresServer(url, service: "leads", passwordFile: nil)
    #expect {
      _ = try PostgresConnection(server, as: server.tenants, .tenant, service: "leads")
    } throws: { error in
      (error as? StoreError)?.engineFault == .connection && "\(error)".contains("timeout")
    }
  }
}
