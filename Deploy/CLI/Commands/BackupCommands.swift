import Glibc
import Installed
import MeshBackup
import MeshCore
import MeshLoop

extension Command {
  static let backup = Command(
    name: "backup",
    arguments: "--to FILE --key-file KEY [--minutes N]",
    summary: "Writes the data of all services, which may be running, to an encrypted file.",
    options: [
      "--to FILE": "The file; it must not exist yet",
      "--key-file KEY": "File with the key, which is made if there is none: keep it elsewhere",
      "--minutes N": "How long it may take, 1 to 1440. Default: 60",
      "--database URL": MeshDatabase.help,
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let file = try arguments.need("to")
    let keyFile = try arguments.need("key-file")
    let database = try MeshDatabase(&arguments)
    let minutes = try arguments.number("minutes", in: 1...1440) ?? 60
    try arguments.finish()
    try database.requireData(in: folder)
    umask(0o077)
    let isNewKey = try BackupKey.make(keyFile)
    let summary: BackupSummary
    do throws(CommandError) {
      let key = try BackupKey.read(keyFile)
      let stores = Installed.services.map { database.store(of: $0.name, in: folder) }
      for part in Backup.removeLeftovers(beside: file) {
        Terminal.complain("removed \(part), which a backup that was killed had left")
      }
      summary = try await BackupWork.run(within: minutes, isShown: !isJSON) {
        progress throws(BackupError) in
        try Backup.make(of: stores, to: file, key: key, at: Clock.system.now, progress)
      }
    } catch {
      if isNewKey { unlink(keyFile) }
      throw error
    }
    if isJSON { return try Terminal.print(summary.json("file", file)) }
    try Terminal.print("\(file): \(summary.text)")
    if isNewKey {
      try Terminal.print("made the key \(keyFile): without it the backup cannot be read")
    }
  }

  static let restore = Command(
    name: "restore",
    arguments: "FILE --key-file KEY",
    summary: "Fills a mesh's folder or database, in which nothing is yet, from a backup.",
    options: [
      "--key-file KEY": "File with the key that the backup was made with",
      "--database URL": MeshDatabase.help,
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let target = try MeshFolder(&arguments)
    let database = try MeshDatabase(&arguments)
    let file = try arguments.word("the file of a backup")
    let key = try BackupKey.read(try arguments.need("key-file"))
    try arguments.finish()
    umask(0o077)
    try RestoredMesh.requireEmpty(target, database)
    let restore = Restore(file, key: key)
    let (manifest, summary) = try await BackupWork.run(isShown: !isJSON) {
      progress throws(BackupError) in try restore.check(progress)
    }
    try manifest.requireInstalled()
    let new = try RestoredMesh(target, database, summary.services)
    do throws(CommandError) {
      for service in manifest.services { try new.makeSchema(of: service.name, service.schema) }
      let stores = manifest.services.map { new.store(of: $0.name) }
      try await BackupWork.run(isShown: !isJSON) { progress throws(BackupError) in
        try restore.fill(stores, progress)
      }
      try new.finish()
    } catch {
      new.remove(summary.services)
      throw error
    }
    if isJSON { return try Terminal.print(summary.json("folder", target.path)) }
    try Terminal.print("\(target.path): \(summary.text)")
  }
}

extension BackupManifest {
  /// - Throws: `.failed` naming the services that this release does not have.
  fileprivate func requireInstalled() throws(CommandError) {
    let unknown = Set(services.map(\.name)).subtracting(Installed.services.map(\.name))
    guard unknown.isEmpty else {
      throw .failed(
        "the backup has services that are not installed: \(unknown.sorted().joined(separator: ", "))"
      )
    }
  }
}
