import Glibc
import MeshStore

/// The databases of a mesh that is restored: those of a new folder, or in PostgreSQL's schemas.
enum RestoredMesh {
  case files(RestoredFolder)
  case schemas(MeshFolder, MeshDatabase)

  /// Checks that nothing is there yet.
  ///
  /// - Parameters:
  ///   - folder: the mesh's.
  ///   - database: where its databases are to be.
  /// - Throws: `.failed` when something is there, or a mesh runs there.
  static func requireEmpty(_ folder: MeshFolder, _ database: MeshDatabase) throws(CommandError) {
    if let process = FolderLock.holder(of: folder) {
      throw .failed("the mesh of \(folder.path) is running in process \(process)")
    }
    if database.url == nil { try RestoredFolder.requireEmpty(folder) }
    try database.requireSole(in: folder)
  }

  /// Makes room for the services.
  ///
  /// - Throws: `.failed` as `requireEmpty`, and when the room cannot be made.
  init(_ folder: MeshFolder, _ database: MeshDatabase, _ services: [String]) throws(CommandError) {
    guard database.url != nil else {
      for part in RestoredFolder.removeLeftovers(of: folder) {
        Terminal.complain("removed \(part), which a restore that was killed had left")
      }
      self = .files(try RestoredFolder(folder))
      return
    }
    self = .schemas(folder, database)
    for service in services { try clear(service) }
  }

  private var place: (folder: MeshFolder, database: MeshDatabase) {
    switch self {
    case .files(let restored): (restored.folder, .sqlite)
    case .schemas(let folder, let database): (folder, database)
    }
  }

  func store(of service: String) -> StoreConfiguration {
    place.database.store(of: service, in: place.folder)
  }

  /// Has a service make its tables as they were when the backup was made.
  ///
  /// - Throws: `.failed` when the service, which says why on standard error, cannot.
  func makeSchema(of service: String, _ schema: StoredSchema) throws(CommandError) {
    let (folder, database) = place
    let arguments = [
      "--data", folder.path, "--database", database.text,
      "--make-schema", SchemaEnd(schema).description,
    ]
    let ending = try ChildProcess(folder.executable(of: service), arguments).wait()
    guard ending == .exit(0) else {
      let last = schema.steps.last?.name ?? "no migration"
      throw .failed(
        "leadmesh-\(service) cannot make the tables of the backup (\(last)), see above; "
          + "nothing was restored"
      )
    }
  }

  /// Gives what was restored its place.
  func finish() throws(CommandError) {
    switch self {
    case .files(let restored): try restored.move()
    case .schemas(let folder, _): folder.removeKeys()
    }
  }

  /// Removes what was made, as far as it was.
  func remove(_ services: [String]) {
    switch self {
    case .files(let restored): restored.remove()
    case .schemas: for service in services { try? clear(service) }
    }
  }

  private func clear(_ service: String) throws(CommandError) {
    do throws(StoreError) {
      try EmptySchema.clear(store(of: service))
    } catch {
      throw .failed("\(service): \(error.operatorText)")
    }
  }
}
