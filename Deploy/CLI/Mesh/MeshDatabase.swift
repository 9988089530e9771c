import Glibc
import Installed
import MeshService
import MeshStore

/// Where the databases of a mesh are: files in its folder, or schemas in PostgreSQL.
struct MeshDatabase {
  static let sqlite = MeshDatabase(text: "sqlite", url: nil)
  /// What its option means.
  static let help =
    "sqlite or postgres://HOST:PORT/DATABASE, as for up. Default: LEADMESH_DATABASE, else sqlite"

  /// As the services take it.
  let text: String
  /// Nil for files.
  let url: PostgresURL?

  private init(text: String, url: PostgresURL?) {
    self.text = text
    self.url = url
  }

  /// - Throws: `.usage` for what is neither `sqlite` nor the URL of a database.
  init(_ text: String) throws(CommandError) {
    do throws(PostgresURL.Fault) {
      self.init(text: text, url: text == "sqlite" ? nil : try PostgresURL(text))
    } catch {
      throw .usage("--database: \(error)")
    }
  }

  /// What `--database`, else `LEADMESH_DATABASE` names, else files.
  init(_ arguments: inout Arguments) throws(CommandError) {
    try self.init(
      arguments.take("database") ?? MeshFolder.variable("LEADMESH_DATABASE") ?? "sqlite"
    )
  }

  /// Whether a service's file of SQLite is in the folder.
  private static func hasFiles(_ folder: MeshFolder) -> Bool {
    Installed.services.contains { service in
      if case .file(let path) = sqlite.store(of: service.name, in: folder).database {
        return access(path, F_OK) == 0
      }
      return false
    }
  }

  /// Checks that the mesh has data, on this engine.
  ///
  /// - Throws: `.failed` saying that there is none, or where it is.
  func requireData(in folder: MeshFolder) throws(CommandError) {
    try requireSole(in: folder)
    guard url != nil || Self.hasFiles(folder) else {
      throw .failed("\(folder.path) holds no data of a mesh")
    }
  }

  /// Checks that the data of the mesh is not on the other engine, as it would start without any.
  ///
  /// - Throws: `.failed` saying where the data is.
  func requireSole(in folder: MeshFolder) throws(CommandError) {
    let services = Installed.services.map(\.name)
    let hasFiles = Self.hasFiles(folder)
    if url != nil, hasFiles {
      throw .failed(
        "--database: the data of \(folder.path) is in SQLite's files; back it up and restore it with "
          + "another --data, or name another folder"
      )
    }
    if url == nil, !hasFiles, services.contains(where: { PasswordFile($0, in: folder.path).exists })
    {
      throw .failed(
        "--database: \(folder.path) belongs to a PostgreSQL database, whose URL is missing; for a new "
          + "mesh on SQLite, name another --data"
      )
    }
  }

  /// The store of a service.
  func store(of service: String, in folder: MeshFolder) -> StoreConfiguration {
    StoreConfiguration(of: service, in: folder.path, url)
  }
}
