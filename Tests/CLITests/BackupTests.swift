import Glibc
import MeshCore
import Testing

@testable import leadmesh

@Suite struct `The key of backups` {
  private func newPath() throws -> String {
    var template = Array("/tmp/leadmesh-cli-XXXXXX".utf8CString)
    return "\(String(cString: try #require(mkdtemp(&template))))/key"
  }

  @Test func `is made once, for its owner alone`() throws {
    let path = try newPath()
    #expect(try BackupKey.make(path))
    let key = try BackupKey.read(path)
    #expect(key.count == 32)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(try !BackupKey.make(path))
    #expect(try BackupKey.read(path) == key)
    #expect(try TextFile.read(path) == "\(Hex.encode(key))\n")
  }

  @Test(arguments: [
    "", "abc", "zz", String(repeating: "ab", count: 31), String(repeating: "ab", count: 33),
  ])
  func `is refused when it is none`(text: String) throws {
    let path = try newPath()
    try TextFile.write(text, to: path, mode: 0o600)
    #expect(throws: CommandError.self) { try BackupKey.read(path) }
  }

  @Test func `is refused when others may read it`() throws {
    let path = try newPath()
    _ = try BackupKey.make(path)
    chmod(path, 0o640)
    #expect(throws: CommandError.self) { try BackupKey.read(path) }
  }
}

@Suite struct `The folder of a restored mesh` {
  private func newFolder() throws -> String {
    var template = Array("/tmp/leadmesh-cli-XXXXXX".utf8CString)
    return String(cString: try #require(mkdtemp(&template)))
  }

  @Test func `must be empty, or not be there`() throws {
    let folder = try newFolder()
    try RestoredFolder.requireEmpty(MeshFolder(folder, sockets: nil))
    try RestoredFolder.requireEmpty(MeshFolder("\(folder)/deep/new", sockets: nil))
    try TextFile.write("", to: "\(folder)/.hidden", mode: 0o600)
    #expect(throws: CommandError.self) {
      try RestoredFolder.requireEmpty(MeshFolder(folder, sockets: nil))
    }
    #expect(throws: CommandError.self) {
      try RestoredFolder.requireEmpty(MeshFolder("\(folder)/.hidden", sockets: nil))
    }
  }

  @Test func `is filled beside its place, and takes it or goes`() throws {
    // As a shell completes it.
    let target = MeshFolder("\(try newFolder())/new/", sockets: nil)
    let restored = try RestoredFolder(target)
    try TextFile.write("rows", to: "\(restored.folder.path)/leads.db", mode: 0o600)
    #expect(access(target.path, F_OK) != 0)
    try restored.move()
    #expect(try TextFile.read("\(target.path)/leads.db") == "rows")
    #expect(access(restored.folder.path, F_OK) != 0)

    let other = try RestoredFolder(MeshFolder("\(try newFolder())/new", sockets: nil))
    try TextFile.write("rows", to: "\(other.folder.path)/leads.db", mode: 0o600)
    other.remove()
    #expect(access(other.folder.path, F_OK) != 0)
  }

  @Test func `is removed by the next restore when nobody fills it any more`() throws {
    let target = MeshFolder("\(try newFolder())/new", sockets: nil)
    // No process has a number this large (proc(5), pid_max).
    let gone = 4_194_305
    func make(_ name: String, holding file: String = "leads.db") throws {
      try #require(mkdir(name, 0o700) == 0)
      try TextFile.write("rows", to: "\(name)/\(file)", mode: 0o600)
    }
    let (left, own) = ("\(target.path).restoring-\(gone)", "\(target.path).restoring-\(getpid())")
    let others = [
      "\(target.path).restoring-\(getppid())", "\(target.path).restoring-new",
      "\(target.path)er.restoring-\(gone)", "\(target.path)-\(gone)",
    ]
    for name in [left, own] + others { try make(name) }
    #expect(Set(RestoredFolder.removeLeftovers(of: target)) == [left, own])
    for name in others { #expect(access("\(name)/leads.db", F_OK) == 0, "\(name)") }

    try make(left, holding: "letter.txt")
    #expect(RestoredFolder.removeLeftovers(of: target) == [], "it has what no restore makes")
    #expect(access("\(left)/letter.txt", F_OK) == 0)

    let filled = try RestoredFolder(target)
    #expect(RestoredFolder.removeLeftovers(of: target) == [], "it is being filled")
    #expect(access(filled.folder.path, F_OK) == 0)
    filled.remove()
  }
}
