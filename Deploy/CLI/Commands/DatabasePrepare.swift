import Installed
import MeshCrypto
import MeshCore
import MeshLoop
import MeshService
import MeshStore

extension Command {
  static let databasePrepare = Command(
    name: "database prepare",
    arguments: "--database URL [--print] [--new-passwords]",
    summary: "Makes the roles and the schema of every service in a PostgreSQL database.",
    options: [
      "--database URL":
        "postgres://ADMINISTRATOR@HOST:PORT/DATABASE; PGPASSFILE names the file with the password",
      "--print": "Prints the statements, for an administrator to run, and does not connect",
      "--new-passwords":
        "Replaces the roles' passwords; a mesh of another data folder then has no access",
    ],
    flags: ["print", "new-passwords"],
    hasJSON: false
  ) { arguments throws(CommandError) in
    let folder = try MeshFolder(&arguments)
    let database = try MeshDatabase(try arguments.need("database"))
    guard let url = database.url else {
      throw .usage("--database: SQLite needs no preparation")
    }
    let prints = arguments.takeFlag("print")
    let renews = arguments.takeFlag("new-passwords")
    try arguments.finish()
    try database.requireSole(in: folder)
    let parts = try Installed.services.map { service throws(CommandError) in
      try DatabasePart(url, service.name, folder, renews: renews)
    }
    // Before anything is changed, for any of them.
    if !prints && !renews { for part in parts { try part.requireNew(as: url.user) } }
    try folder.make()
    for part in parts {
      try part.keepPasswords()
      try Terminal.print(
        try part.translated { () throws(StoreError) in
          if prints {
            let guarded = renews ? [] : part.made
            return "-- \(part.service)\n"
              + (try PostgresPreparation.script(part.server, newRoles: guarded))
          }
          try PostgresPreparation.run(part.server, as: .init(role: url.user))
          let roles = part.server.logins.map(\.role).joined(separator: ", ")
          let made = "\(part.service): schema \(part.server.schema), roles \(roles)"
          return renews ? "\(made); \(part.endConnections(as: url.user))" : made
        }
      )
    }
  }
}

/// A service's part of a database, with its roles' passwords.
///
/// They are kept in a file for each service, in libpq's form (PostgreSQL 15, 34.16), so that a service reads
/// its own and no other. It has those of other databases too.
struct DatabasePart {
  let service: String
  let server: PostgresServer
  /// Roles whose passwords were not in the folder, or are replaced.
  let made: Set<String>
  private let folder: MeshFolder
  private let otherLines: [String]

  private var file: PasswordFile { PasswordFile(service, in: folder.path) }

  /// Reads the passwords that are there, and makes those that are missing.
  ///
  /// - Parameters:
  ///   - url: where the database is.
  ///   - service: whose part.
  ///   - folder: the data folder.
  ///   - renews: whether all passwords are made anew.
  /// - Throws: `.failed` naming the file that cannot be read.
  init(
    _ url: PostgresURL,
    _ service: String,
    _ folder: MeshFolder,
    renews: Bool
  ) throws(CommandError) {
    let file = PasswordFile(service, in: folder.path)
    let lines = file.exists ? try TextFile.read(file.path).split(separator: "\n") : []
    var server = PostgresServer(url, service: service, passwordFile: nil)
    let roles = server.logins.map(\.role)
    var known: [String: String] = [:]
    var otherLines: [String] = []
    for line in lines {
      let fields = line.split(separator: ":").map(String.init)
      if fields.count == 5, roles.contains(fields[3]) {
        known[fields[3]] = fields[4]
      } else {
        otherLines.append(String(line))
      }
    }
    if renews { known = [:] }
    for login in [\PostgresServer.owner, \.tenants, \.system] {
      server[keyPath: login].password =
        known[server[keyPath: login].role] ?? Hex.encode(SecureRandom.bytes(24))
    }
    self.service = service
    self.server = server
    self.folder = folder
    self.otherLines = otherLines
    made = Set(roles).subtracting(known.keys)
  }

  /// Checks that the roles whose passwords are not in the folder do not exist yet: another folder's mesh
  /// may use them.
  ///
  /// - Parameter administrator: the role that asks.
  /// - Throws: `.failed` saying what to do when they do, or when the server cannot be asked.
  func requireNew(as administrator: String) throws(CommandError) {
    if made.isEmpty { return }
    let present = try translated { () throws(StoreError) in
      try PostgresPreparation.roles(of: server, as: .init(role: administrator))
    }
    guard let role = present.first(where: made.contains) else { return }
    throw .failed(
      "\(service): the role \(role) exists, and its password is not in \(folder.path); copy the folder "
        + "database/ from the data folder of the mesh that uses it, or replace the passwords by "
        + "--new-passwords, after which that mesh has no access"
    )
  }

  /// Ends the connections that were made with the passwords of before.
  ///
  /// - Returns: what became of them, for the operator.
  func endConnections(as administrator: String) -> String {
    do throws(StoreError) {
      let count = try PostgresPreparation.endConnections(
        of: server,
        as: .init(role: administrator)
      )
      return "ended \(count) connections of theirs"
    } catch {
      return "connections of theirs go on until they end by themselves: \(error.operatorText)"
    }
  }

  /// - Throws: `.failed` naming the file that cannot be written.
  func keepPasswords() throws(CommandError) {
    let lines = server.logins.map { "*:*:*:\($0.role):\($0.password ?? "")" }
    let text = (otherLines + lines).map { "\($0)\n" }.joined()
    try TextFile.write(text, to: file.path, mode: 0o600)
  }

  /// Runs `body`, whose errors name the service.
  func translated<Value>(
    _ body: () throws(StoreError) -> Value
  ) throws(CommandError) -> Value {
    do throws(StoreError) {
      return try body()
    } catch {
      throw .failed("\(service): \(error.operatorText)")
    }
  }
}
