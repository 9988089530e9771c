import Installed
import MeshCrypto
import MeshCore
import MeshLoop
import MeshService
import MeshStore

extension Command {
  static let databasePrepare = Command(
    name: "database prepare",
    arguments: "--database URL [--print]",
    summary: "Makes the roles and the schema of every service in a PostgreSQL database.",
    options: [
      "--database URL":
        "postgres://ADMINISTRATOR@HOST:PORT/DATABASE; PGPASSFILE names the file with the password",
      "--print": "Prints the statements, for an administrator to run, and does not connect",
    ],
    flags: ["print"],
    hasJSON: false
  ) { arguments throws(CommandError) in
    let folder = try MeshFolder(&arguments)
    let database = try MeshDatabase(try arguments.need("database"))
    guard let url = database.url else {
      throw .usage("--database: SQLite needs no preparation")
    }
    let prints = arguments.takeFlag("print")
    try arguments.finish()
    try database.requireSole(in: folder)
    try folder.make()
    for service in Installed.services.map(\.name) {
      let server = try DatabasePasswords.server(url, service, folder)
      let text: String
      do throws(StoreError) {
        if prints {
          text = "-- \(service)\n\(try PostgresPreparation.script(server))"
        } else {
          try PostgresPreparation.run(server, as: .init(role: url.user))
          let roles = server.logins.map(\.role).joined(separator: ", ")
          text = "\(service): schema \(server.schema), roles \(roles)"
        }
      } catch {
        throw .failed("\(service): \(error.operatorText)")
      }
      try Terminal.print(text)
    }
  }
}

/// The passwords of the services' roles, a file for each service in libpq's form (PostgreSQL 15, 34.16),
/// so that a service reads its own and no other.
enum DatabasePasswords {
  /// A service's part of the database, with passwords that are made and kept where there are none yet.
  ///
  /// - Throws: `.failed` naming the file that cannot be read or written.
  static func server(
    _ url: PostgresURL,
    _ service: String,
    _ folder: MeshFolder
  ) throws(CommandError) -> PostgresServer {
    let file = PasswordFile(service, in: folder.path)
    var server = PostgresServer(url, service: service, passwordFile: nil)
    let known = file.exists ? try passwords(in: TextFile.read(file.path)) : [:]
    for login in [\PostgresServer.owner, \.tenants, \.system] {
      server[keyPath: login].password =
        known[server[keyPath: login].role] ?? Hex.encode(SecureRandom.bytes(24))
    }
    let lines = server.logins.map { "*:*:*:\($0.role):\($0.password ?? "")\n" }
    try TextFile.write(lines.joined(), to: file.path, mode: 0o600)
    return server
  }

  private static func passwords(in text: String) -> [String: String] {
    let lines = text.split(separator: "\n").map { $0.split(separator: ":") }
    return Dictionary(
      lines.filter { $0.count == 5 }.map { (String($0[3]), String($0[4])) },
      uniquingKeysWith: { first, _ in first }
    )
  }
}

extension StoreError {
  /// What an operator can do something about, without what is around it.
  fileprivate var operatorText: String {
    switch self {
    case .cannotOpen(let path, let reason): "\(path): \(reason)"
    case .engine(let fault): fault.message
    default: "\(self)"
    }
  }
}
