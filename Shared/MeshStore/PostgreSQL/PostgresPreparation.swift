import MeshCrypto

/// What an administrator does once for a service, so that it needs no more rights than its own.
package enum PostgresPreparation {
  /// The longest name that PostgreSQL keeps whole, in bytes.
  private static let longestName = 63

  /// The statements that make a service's roles and schema; run again, they set the passwords anew and
  /// change nothing else.
  ///
  /// The owner changes tables and does not own the roles of transactions; those neither own a table nor
  /// pass row security. What it has of a password is a `ScramSecret`.
  ///
  /// - Parameters:
  ///   - server: the database, and the service's roles and schema.
  ///   - newRoles: of its roles, those that must not exist yet: the statements fail where one does, and leave
  ///     its password as it is.
  /// - Returns: SQL for an administrator.
  /// - Throws: `.cannotOpen` when a role's name would be too long.
  package static func script(
    _ server: PostgresServer,
    newRoles: Set<String> = []
  ) throws(StoreError) -> String {
    if let long = server.logins.first(where: { $0.role.utf8.count > longestName }) {
      throw .cannotOpen(
        path: server.parameters["dbname"] ?? "",
        reason: "the name of the role \(long.role) is longer than \(longestName) bytes; "
          + "choose a shorter one for the database"
      )
    }
    let roles = server.logins.map { login in
      let password = login.password.map { "PASSWORD \(ScramSecret.text(of: $0).quotedText)" } ?? ""
      let refusal =
        newRoles.contains(login.role)
        ? "ELSE RAISE 'the role % exists, and its password is not known', \(login.role.quotedText);"
        : ""
      return """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = \(login.role.quotedText)) THEN
            CREATE ROLE \(login.role.quotedName);
          \(refusal)
          END IF;
        END $$;
        ALTER ROLE \(login.role.quotedName) WITH LOGIN \(password);
        """
    }
    let owner = server.owner.role.quotedName
    // An administrator who is no superuser makes a schema only for a role that they belong to.
    return
      (roles + [
        """
        DO $$ BEGIN
          IF NOT pg_has_role(current_user, \(server.owner.role.quotedText), 'USAGE') THEN
            EXECUTE 'GRANT ' || quote_ident(\(server.owner.role.quotedText)) || ' TO CURRENT_USER';
          END IF;
        END $$;
        CREATE SCHEMA IF NOT EXISTS \(server.schema.quotedName) AUTHORIZATION \(owner);

        """
      ]).joined(separator: "\n")
  }

  /// Those of a service's roles that exist.
  ///
  /// - Throws: as `run`.
  package static func roles(
    of server: PostgresServer,
    as administrator: PostgresServer.Login
  ) throws(StoreError) -> [String] {
    let connection = try PostgresConnection(
      server,
      as: administrator,
      .system,
      service: "leadmesh"
    )
    var present: [String] = []
    for role in server.logins.map(\.role)
    where try connection.integer("SELECT count(*) FROM pg_roles WHERE rolname = \(role)") > 0 {
      present.append(role)
    }
    return present
  }

  /// Ends the connections that a service's roles have, which an earlier password let in.
  ///
  /// - Returns: how many.
  /// - Throws: `.refused` when the administrator may not; `.engine`.
  package static func endConnections(
    of server: PostgresServer,
    as administrator: PostgresServer.Login
  ) throws(StoreError) -> Int {
    let connection = try PostgresConnection(
      server,
      as: administrator,
      .system,
      service: "leadmesh"
    )
    var count: Int64 = 0
    for role in server.logins.map(\.role) {
      count += try connection.integer(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = \(role)"
      )
    }
    return Int(count)
  }

  /// Runs the statements as an administrator.
  ///
  /// - Parameters:
  ///   - server: the database, and the service's roles and schema.
  ///   - administrator: may make roles and schemas.
  /// - Throws: `.engine` when the server refuses; `.cannotOpen` for a database whose texts are not in UTF-8.
  package static func run(
    _ server: PostgresServer,
    as administrator: PostgresServer.Login
  ) throws(StoreError) {
    let connection = try PostgresConnection(
      server,
      as: administrator,
      .system,
      service: "leadmesh"
    )
    let encoding = try connection.rows("SELECT current_setting('server_encoding')") {
      (row) throws(StoreError) in try row.next(String.self)
    }
    guard encoding == ["UTF8"] else {
      throw .cannotOpen(
        path: server.parameters["dbname"] ?? "",
        reason: "the database's encoding is \(encoding.first ?? "unknown"), and must be UTF8"
      )
    }
    try connection.executeUnchanged(script: try script(server))
    let owner = try connection.rows(
      """
      SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = \(server.schema)
      """
    ) { (row) throws(StoreError) in try row.next(String.self) }
    guard owner == [server.owner.role] else {
      throw .cannotOpen(
        path: server.parameters["dbname"] ?? "",
        reason: "the schema \(server.schema) is \(owner.first ?? "nobody")'s"
      )
    }
  }
}

extension String {
  /// The text as a literal, whatever the server says of backslashes.
  fileprivate var quotedText: String {
    let quoted = split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    guard quoted.contains("\\") else { return "'\(quoted)'" }
    let escaped = quoted.split(separator: "\\", omittingEmptySubsequences: false)
    return "E'\(escaped.joined(separator: "\\\\"))'"
  }
}
