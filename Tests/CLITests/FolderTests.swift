import Glibc
import MeshCrypto
import MeshLoop
import Testing

@testable import leadmesh

@Suite struct `The folder of a mesh` {
  /// A folder that does not exist yet, in one that does.
  private func newFolder() throws -> MeshFolder {
    var template = Array("/tmp/leadmesh-cli-XXXXXX".utf8CString)
    let place = try #require(mkdtemp(&template))
    return MeshFolder("\(String(cString: place))/deep/var", sockets: nil)
  }

  private func mode(_ path: String) throws -> mode_t {
    var status = stat()
    try #require(stat(path, &status) == 0)
    return status.st_mode & 0o777
  }

  @Test func `is made for its user alone, with keys that belong together`() throws {
    let folder = try newFolder()
    try folder.make()
    try folder.prepare()
    #expect(try mode(folder.path) == 0o700)
    #expect(try mode(folder.sockets) == 0o700)
    #expect(try mode("\(folder.path)/keys/token.pem") == 0o600)
    let key = try Ed25519PrivateKey(pem: try TextFile.read("\(folder.path)/keys/token.pem"))
    let publicKeys = try Ed25519PublicKey.all(
      inPEM: try TextFile.read("\(folder.path)/keys/token.pub.pem")
    )
    #expect(publicKeys == [key.publicKey])
  }

  @Test func `keeps its keys, and forgets where the gateway listened`() throws {
    let folder = try newFolder()
    try folder.make()
    try folder.prepare()
    let key = try TextFile.read("\(folder.path)/keys/token.pem")
    try TextFile.write("127.0.0.1:4321\n", to: "\(folder.sockets)/gateway.address", mode: 0o600)
    #expect(folder.listenAddress == "127.0.0.1:4321")
    #expect(folder.address(of: "acme") == "http://acme.localhost:4321")
    try folder.prepare()
    #expect(folder.listenAddress == nil)
    #expect(folder.address(of: "acme") == nil)
    #expect(try TextFile.read("\(folder.path)/keys/token.pem") == key)
  }

  @Test func `has one name, however it was written`() throws {
    let place = try newFolder()
    let written = ["/", "/.", "//", "/./", "/none/..", "/none/../"].map { "\(place.path)\($0)" }
    #expect(Set(written.map { MeshFolder($0, sockets: nil).path }) == [place.path])
    #expect(MeshFolder("/..", sockets: nil).path == "/")
    try MeshFolder("\(place.path)/none/../made", sockets: nil).make()
    #expect(access("\(place.path)/none", F_OK) != 0)
  }

  @Test func `is refused by its name when it cannot be made`() throws {
    let place = try newFolder()
    try place.make()
    try TextFile.write("", to: "\(place.path)/file", mode: 0o600)
    let folder = MeshFolder("\(place.path)/file/var", sockets: nil)
    #expect(throws: CommandError.failed("\(folder.path): Not a directory")) {
      try folder.make()
    }
  }

  @Test @LoopActor func `is run by one process, which others can name`() async throws {
    let folder = try newFolder()
    try folder.make()
    #expect(FolderLock.holder(of: folder) == nil)
    try await FolderLock.take(folder)
    #expect(FolderLock.holder(of: folder) == getpid())
    await #expect(
      throws: CommandError.failed(
        "the mesh of \(folder.path) is already running in process \(getpid())"
      )
    ) {
      try await FolderLock.take(folder)
    }
  }
}

@Suite struct `The metrics of a mesh` {
  private func ports(_ text: String?) -> [UInt16?] {
    let folder = MeshFolder("/nowhere", sockets: nil)
    return MeshFolder.services.map { service in
      guard case .tcp(_, let port)? = folder.metricsAddress(of: service, from: text) else {
        return nil
      }
      return port
    }
  }

  @Test func `are at a port of each service's own`() {
    let count = MeshFolder.services.count
    #expect(ports("127.0.0.1:9100") == (0..<count).map { UInt16(9100 + $0) })
    #expect(ports("127.0.0.1:0") == Array(repeating: 0, count: count))
    #expect(ports(nil) == Array(repeating: nil, count: count))
    #expect(ports("127.0.0.1:65535").compactMap(\.self) == [65_535])
  }
}

@Suite struct `A file on the command line` {
  private func file(_ text: String) throws -> String {
    var template = Array("/tmp/leadmesh-cli-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    close(descriptor)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    try TextFile.write(text, to: path, mode: 0o600)
    return path
  }

  @Test func `gives a password without the line end after it`() throws {
    #expect(try TextFile.readSecret(try file("two  words \n")) == "two  words ")
    #expect(try TextFile.readSecret(try file("correct horse\r\n")) == "correct horse")
    #expect(try TextFile.readSecret(try file("a\n\n")) == "a\n")
    #expect(try TextFile.readSecret(try file("")) == "")
  }

  @Test func `is refused by its name when it is missing, a folder or too large`() throws {
    #expect(throws: CommandError.failed("/nowhere: No such file or directory")) {
      _ = try TextFile.read("/nowhere")
    }
    #expect(throws: CommandError.failed("/tmp: Is a directory")) { _ = try TextFile.read("/tmp") }
    let large = try file(String(repeating: "a", count: 1 << 17))
    #expect(throws: CommandError.failed("\(large) must be a text of at most 64 KiB")) {
      _ = try TextFile.read(large)
    }
  }

  @Test @LoopActor func `is read chunk by chunk, the first of which may be looked at`() throws {
    let text = String(repeating: "0123456789", count: 150_000)
    let source = try ContentSource(file: try file(text))
    #expect(try source.peek().count == ContentSource.chunkSize)
    var chunks: [[UInt8]] = []
    while true {
      let chunk = try source.next()
      if chunk.isEmpty { break }
      chunks.append(chunk)
    }
    #expect(chunks.map(\.count) == [1 << 20, 1_500_000 - (1 << 20)])
    #expect(Array(chunks.joined()) == Array(text.utf8))
  }
}

@Suite struct `The end of a service` {
  @Test func `is told as its exit code or its signal`() {
    #expect(ChildProcess.Ending(status: 3 << 8) == .exit(3))
    #expect(ChildProcess.Ending(status: 9) == .signal(9))
    #expect(ChildProcess.Ending(status: 9).description == "signal 9")
    #expect(ChildProcess.Ending(status: 1 << 8).description == "exit code 1")
  }
}
