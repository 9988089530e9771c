import MeshService
import MeshStore

/// Where the databases of a mesh are: files in its folder, or schemas in PostgreSQL.
struct MeshDatabase {
  static let sqlite = MeshDatabase("sqlite", nil)
  /// What its option means.
  static let help =
    "sqlite or postgres://HOST:PORT/DATABASE, as for up. Default: LEADMESH_DATABASE, else sqlite"

  /// As the services take it.
  let text: String
  /// Nil for files.
  let url: PostgresURL?

  private init(_ text: String, _ url: PostgresURL?) {
    self.text = text
    self.url = url
  }

  /// What `--database`, else `LEADMESH_DATABASE` names, else files.
  init(_ arguments: inout Arguments) throws(CommandError) {
    let text =
      try arguments.take("database") ?? MeshFolder.variable("LEADMESH_DATABASE") ?? "sqlite"
    self.init(text, try DatabaseOption.parse(text))
  }

  /// The store of a service.
  func store(of service: String, in folder: MeshFolder) -> StoreConfiguration {
    StoreConfiguration(of: service, in: folder.path, url)
  }
}
