import Glibc
package import MeshStore

/// The settings of every executable of the mesh.
package struct MeshSettings: ServiceSettings {
  /// Folder of databases, keys and sockets.
  package let dataFolder: String
  /// The database of every service; nil for a file of each in the data folder.
  package let database: PostgresURL?
  /// Folder of the Unix sockets, one `<service>.sock` each.
  package let socketFolder: String
  /// How many processes each service has.
  package let replicas: ReplicaCounts
  /// The number of this process among its service's, from 1.
  package let replica: Int
  /// PEM file of the public keys that verify tokens.
  package let tokenPublicKeys: String
  package let logLevel: LogLevel
  /// `host:port` for Prometheus to read `/metrics`, `/livez` and `/readyz` from; none by default.
  package let metricsListen: String?
  /// How long running calls may take to finish after SIGTERM.
  package let drainTime: Duration
  /// How much of a service's change log is kept uncompacted.
  package let logRetention: LogRetention
  /// Whether a service brings the schema of its database up to date when it starts.
  package let migrates: Bool
  /// The version of the schema that the process creates before it ends; nil for a service that runs.
  package let schemaEnd: SchemaEnd?
  /// Process id of the supervisor, with which this process ends too; nil for none.
  package let supervisor: Int32?

  package init(from reader: inout SettingsReader) {
    dataFolder = reader.text("DATA", default: "./var", "Folder of databases, keys and sockets.")
    database = reader.database()
    let sockets = reader.optionalText(
      "SOCKETS",
      "Folder of the Unix sockets. Default: run in the data folder."
    )
    socketFolder = sockets ?? "\(dataFolder)/run"
    replicas = reader.replicas()
    replica = reader.integer(
      "REPLICA",
      default: 1,
      in: 1...16,
      "The number of this process among its service's."
    )
    let keys = reader.optionalText(
      "TOKEN_PUBLIC_KEYS",
      "PEM file of the public keys that tokens are verified with. "
        + "Default: keys/token.pub.pem in the data folder."
    )
    tokenPublicKeys = keys ?? "\(dataFolder)/keys/token.pub.pem"
    logLevel = reader.choice(
      "LOG_LEVEL",
      default: "info",
      of: ["debug": .debug, "info": .info, "warning": .warning, "error": .error],
      else: .info,
      "debug, info, warning or error."
    )
    metricsListen = reader.optionalText(
      "METRICS_LISTEN",
      "host:port of /metrics, /livez and /readyz. Default: not served."
    )
    drainTime = .seconds(
      reader.integer(
        "DRAIN_SECONDS",
        default: 10,
        in: 0...300,
        "How long running calls may take to finish after SIGTERM."
      )
    )
    logRetention = reader.logRetention()
    migrates = reader.migrates()
    let parent = reader.integer(
      "SUPERVISOR",
      default: 0,
      in: 0...Int(Int32.max),
      "Process id of the supervisor; this process ends when it does. 0 for none."
    )
    supervisor = parent == 0 ? nil : Int32(parent)
    let end = reader.optionalText(
      "MAKE_SCHEMA",
      "For leadmesh restore: makes an empty database of this version, STORE.MIGRATIONS, and ends."
    )
    schemaEnd = end.flatMap { SchemaEnd($0) }
    if end != nil, schemaEnd == nil {
      reader.fault("LEADMESH_MAKE_SCHEMA: must be two numbers, as in 7.15")
    }
  }

  /// The sockets of a service, one of each process.
  package func socketPaths(of service: String) -> [String] {
    replicas.names(of: service).map(socketPath)
  }

  /// The socket of this process of a service.
  package func ownSocketPath(of service: String) -> String {
    socketPath(ReplicaCounts.name(of: service, replica))
  }

  private func socketPath(_ process: String) -> String { "\(socketFolder)/\(process).sock" }

  /// How the store of a service is opened.
  package func store(of service: String) -> StoreConfiguration {
    StoreConfiguration(of: service, in: dataFolder, database)
  }
}

extension StoreConfiguration {
  /// The store of a service: a file in the data folder, or a schema in a database.
  ///
  /// - Parameters:
  ///   - service: as its executable is called.
  ///   - folder: the data folder.
  ///   - database: nil for a file.
  package init(of service: String, in folder: String, _ database: PostgresURL?) {
    guard let database else {
      self.init(path: "\(folder)/\(service).db", service: service)
      return
    }
    let passwords = PasswordFile(service, in: folder)
    let server = PostgresServer(
      database,
      service: service,
      passwordFile: passwords.exists ? passwords.path : nil
    )
    self.init(.server(server), service: service)
  }
}

/// The passwords of a service's roles, which `leadmesh database prepare` makes.
package struct PasswordFile {
  package let path: String

  /// - Parameters:
  ///   - service: as its executable is called.
  ///   - folder: the data folder.
  package init(_ service: String, in folder: String) {
    path = "\(folder)/database/\(service).pgpass"
  }

  package var exists: Bool { access(path, R_OK) == 0 }
}

extension SettingsReader {
  fileprivate mutating func migrates() -> Bool {
    choice(
      "MIGRATE",
      default: "yes",
      of: ["yes": true, "no": false],
      else: true,
      "Whether a service makes its migrations when it starts: yes, or no to run on the schema that is there."
    )
  }

  fileprivate mutating func replicas() -> ReplicaCounts {
    let text = text(
      "REPLICAS",
      default: "",
      "How many processes services have, as in leads=2,access=2."
    )
    if let counts = ReplicaCounts(text) { return counts }
    fault("LEADMESH_REPLICAS: must be SERVICE=COUNT with counts from 1 to 16, separated by commas")
    return .one
  }

  fileprivate mutating func logRetention() -> LogRetention {
    let days = integer(
      "CHANGES_KEPT_DAYS",
      default: 30,
      in: 1...36_500,
      "Days for which changes are kept whole, for services that were down and begin where they stopped."
    )
    let mebibytes = integer(
      "CHANGES_KEPT_MIB",
      default: 4_096,
      in: 16...16_777_216,
      "MiB of changes that a service keeps whole at most, beside those of the last hour."
    )
    return LogRetention(age: .seconds(86_400 * days), size: Int64(mebibytes) << 20)
  }

  fileprivate mutating func database() -> PostgresURL? {
    let text = text(
      "DATABASE",
      default: "sqlite",
      "sqlite, for files in the data folder, or postgres://HOST:PORT/DATABASE without a password."
    )
    if text == "sqlite" { return nil }
    do throws(PostgresURL.Fault) {
      return try PostgresURL(text)
    } catch {
      fault("LEADMESH_DATABASE: \(error)")
      return nil
    }
  }
}
