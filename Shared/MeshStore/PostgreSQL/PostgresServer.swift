/// A PostgreSQL database, and what a service may do in it.
package struct PostgresServer: Hashable, Sendable {
  /// A role that logs in.
  package struct Login: Hashable, Sendable {
    /// Empty for libpq's default.
    package var role: String
    /// Nil where the server asks for none, or libpq finds it in a password file.
    package var password: String?

    package init(role: String, password: String? = nil) {
      self.role = role
      self.password = password
    }
  }

  /// libpq's parameters, such as `host`, `port` and `dbname`, without roles and passwords.
  package var parameters: [String: String]
  /// The service's tables are in a schema of their own.
  package var schema: String
  /// Owns the tables, and changes them when a release does.
  package var owner: Login
  /// Makes the tenants' transactions, and sees what row security shows it.
  package var tenants: Login
  /// Makes the system's transactions, and sees every tenant's rows.
  package var system: Login
  /// How many transactions may write, and how many may read, at a time.
  package var writers = 6
  package var readers = 3
  /// Whether connections take as long as they take, whatever times the server or the role sets for them.
  private var hasNoTimeouts = false

  package init(
    parameters: [String: String],
    schema: String,
    owner: Login,
    tenants: Login,
    system: Login
  ) {
    self.parameters = parameters
    self.schema = schema
    self.owner = owner
    self.tenants = tenants
    self.system = system
  }

  /// A service's part of a database: the schema of its name, and roles called after the database and the
  /// service, so that several installations may share a server.
  ///
  /// - Parameters:
  ///   - url: whose user does not matter.
  ///   - service: as its executable is called.
  ///   - passwordFile: has the roles' passwords in libpq's form (PostgreSQL 15, 34.16); nil leaves it to
  ///     libpq where to look.
  package init(_ url: PostgresURL, service: String, passwordFile: String?) {
    let role = "\(url.database)_\(service)"
    self.init(
      parameters: url.parameters,
      schema: service,
      owner: Login(role: "\(role)_owner"),
      tenants: Login(role: role),
      system: Login(role: "\(role)_system")
    )
    if let passwordFile { parameters["passfile"] = passwordFile }
  }

  /// The same for work that may take long, or pause, and that nobody should end in the middle: changes of
  /// the schema, backups and restores.
  var withoutTimeouts: PostgresServer {
    var server = self
    server.hasNoTimeouts = true
    return server
  }

  /// The settings by which a server ends statements and connections (PostgreSQL 15, 20.11.1).
  private static let timeouts = [
    "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
    "idle_session_timeout",
  ]

  /// Its roles.
  package var logins: [Login] { [owner, tenants, system] }

  /// How long a server that does not answer is waited for, where the URL does not say: a network that loses
  /// everything gives no sign of it, and without these the system tries for a quarter of an hour or more.
  private static let patience = [
    // Seconds for connecting, with each of the URL's hosts.
    "connect_timeout": "5",
    // Milliseconds for which what was sent may go without being acknowledged.
    "tcp_user_timeout": "15000",
    // Seconds of silence, as while a statement runs, after which the other side's system is asked whether it
    // is there, again after so many, and so many times.
    "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
  ]

  /// The same for the server, which would keep the locks of a machine that is gone for hours.
  static let serverPatience =
    "-c tcp_user_timeout=15000 -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"

  /// A statement takes one of the server's cores, and leaves the others to other tenants; statements as short as
  /// these are done before they would be compiled.
  static let planning = "-c max_parallel_workers_per_gather=0 -c jit=off"

  /// What libpq connects with.
  func parameters(as login: Login, service: String) -> [String: String] {
    var all = Self.patience.merging(parameters) { _, given in given }
    all["user"] = login.role
    all["password"] = login.password
    all["application_name"] = service
    all["client_encoding"] = "UTF8"
    let unlimited = hasNoTimeouts ? Self.timeouts.map { " -c \($0)=0" }.joined() : ""
    all["options"] =
      "-c search_path=\(schema.quotedName) \(Self.serverPatience) \(Self.planning)\(unlimited)"
    all["fallback_application_name"] = nil
    return all
  }
}

extension String {
  /// The text as a name within a statement.
  var quotedName: String {
    "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
