/// The settings of every executable of the mesh.
package struct MeshSettings: ServiceSettings {
  /// Folder of databases, keys and sockets.
  package let dataFolder: String
  /// Folder of the Unix sockets, one `<service>.sock` each.
  package let socketFolder: String
  /// PEM file of the public keys that verify tokens.
  package let tokenPublicKeys: String
  package let logLevel: LogLevel
  /// `host:port` for Prometheus to read `/metrics`, `/livez` and `/readyz` from; none by default.
  package let metricsListen: String?
  /// How long running calls may take to finish after SIGTERM.
  package let drainTime: Duration
  /// Process id of the supervisor, whose end also ends this process; nil for none.
  package let supervisor: Int32?

  package init(from reader: inout SettingsReader) {
    dataFolder = reader.text("DATA", default: "./var", "Folder of databases, keys and sockets.")
    let sockets = reader.optionalText(
      "SOCKETS",
      "Folder of the Unix sockets. Default: run in the data folder."
    )
    socketFolder = sockets ?? "\(dataFolder)/run"
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
    let parent = reader.integer(
      "SUPERVISOR",
      default: 0,
      in: 0...Int(Int32.max),
      "Process id of the supervisor; this process ends when it does. 0 for none."
    )
    supervisor = parent == 0 ? nil : Int32(parent)
  }

  /// The socket of a service.
  package func socketPath(of service: String) -> String { "\(socketFolder)/\(service).sock" }

  /// The database file of a service.
  package func databasePath(of service: String) -> String { "\(dataFolder)/\(service).db" }
}
