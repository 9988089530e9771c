import Glibc
import MeshLoop
import Testing

@Suite struct `Sockets` {
  @Test(arguments: [
    ("unix:/run/a.sock", SocketAddress.unix(path: "/run/a.sock")),
    ("localhost:80", .tcp(host: "localhost", port: 80)),
    ("[::1]:8080", .tcp(host: "::1", port: 8080)),
  ])
  func `have addresses as text`(text: String, address: SocketAddress) {
    #expect(SocketAddress(text) == address)
    #expect(address.description == text)
  }

  @Test(arguments: ["", "unix:", "host", "host:", "host:65536", "::1:80", ":80", "a\0b:80"])
  func `refuse a malformed address`(text: String) {
    #expect(SocketAddress(text) == nil)
  }

  @Test(arguments: [Transport.unix, .longUnix, .tcp])
  @LoopActor
  func `carry bytes both ways and see the end`(transport: Transport) async throws {
    let place = try Place(transport)
    defer { place.remove() }
    let listener = try SocketListener(on: place.address) { socket in
      socket.start(
        received: { socket.write($0) },
        ended: { _ in socket.closeWhenSent() }
      )
    }
    defer { listener.close() }
    let client = try await StreamSocket.connect(to: listener.address, timeout: .seconds(60))
    let sent = [UInt8](repeating: 0x5A, count: 3 << 20)
    let received = await client.exchange(sent)
    #expect(received == sent)
    #expect((client.peer == nil) == (transport == .tcp))
    if let peer = client.peer {
      #expect(peer.pid == getpid() && peer.uid == geteuid() && peer.isTrusted)
    }
  }

  @Test @LoopActor func `on Unix are open to this user alone, and leave no file`() async throws {
    let place = try Place(.unix)
    defer { place.remove() }
    let listener = try SocketListener(on: place.address) { $0.close() }
    var status = stat()
    #expect(stat(place.path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    listener.close()
    #expect(stat(place.path, &status) == -1)
  }

  @Test @LoopActor func `take over the file of a dead process, but not a live one's`() async throws
  {
    let place = try Place(.unix)
    defer { place.remove() }
    let dead = try SocketListener(on: place.address) { $0.close() }
    let copy = place.path + ".old"
    #expect(link(place.path, copy) == 0)
    #expect(throws: SocketError.addressInUse(place.path)) {
      try SocketListener(on: place.address) { $0.close() }
    }
    dead.close()
    #expect(rename(copy, place.path) == 0)
    let next = try SocketListener(on: place.address) { $0.close() }
    next.close()
  }

  @Test @LoopActor func `tell who cannot be reached`() async throws {
    let place = try Place(.unix)
    defer { place.remove() }
    await #expect(throws: SocketError.system(call: "connect", number: ENOENT)) {
      try await StreamSocket.connect(to: place.address, timeout: .seconds(60))
    }
    let listener = try SocketListener(on: .tcp(host: "127.0.0.1", port: 0)) { $0.close() }
    listener.close()
    await #expect(throws: SocketError.system(call: "connect", number: ECONNREFUSED)) {
      try await StreamSocket.connect(to: listener.address, timeout: .seconds(60))
    }
  }

  @Test @LoopActor func `hold a peer back while reading is off`() async throws {
    let place = try Place(.unix)
    defer { place.remove() }
    var count = 0
    var accepted: CheckedContinuation<StreamSocket, Never>?
    let listener = try SocketListener(on: place.address) { accepted?.resume(returning: $0) }
    defer { listener.close() }
    let client = try await StreamSocket.connect(to: place.address, timeout: .seconds(60))
    let server = await withCheckedContinuation { accepted = $0 }
    server.start(received: { count += $0.count }, ended: { _ in server.close() })
    server.setReading(false)

    let size = 4 << 20
    await withCheckedContinuation { done in
      client.start(received: { _ in }, ended: { _ in }, drained: { done.resume() })
      client.write([UInt8](repeating: 1, count: size))
      Loop.shared.schedule(after: .milliseconds(5)) {
        #expect(count == 0)
        #expect(client.unsentBytes > 0)
        server.setReading(true)
      }
    }
    #expect(count > 0)
    client.close()
  }

  @Test @LoopActor func `are closed once when the peer resets`() async throws {
    let listener = try SocketListener(on: .tcp(host: "127.0.0.1", port: 0)) { $0.close() }
    defer { listener.close() }
    let client = try await StreamSocket.connect(to: listener.address, timeout: .seconds(60))
    let end = await withCheckedContinuation { done in
      client.start(received: { _ in }, ended: { done.resume(returning: $0) })
    }
    #expect(end == .finished)
    client.close()
    client.write([1])
    #expect(client.isClosed && client.unsentBytes == 0)
  }
}

enum Transport: Sendable { case unix, longUnix, tcp }

/// A fresh address, in a folder of its own.
struct Place {
  let address: SocketAddress
  private let folder: String
  var path: String { folder + "/s.sock" }

  init(_ transport: Transport) throws {
    var template = Array("/tmp/mesh-loop-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    var folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    if transport == .longUnix {
      folder += "/" + String(repeating: "d", count: 150)
      try #require(mkdir(folder, 0o700) == 0)
    }
    self.folder = folder
    address = transport == .tcp ? .tcp(host: "127.0.0.1", port: 0) : .unix(path: folder + "/s.sock")
  }

  func remove() {
    unlink(path)
    rmdir(folder)
  }
}

extension StreamSocket {
  /// Sends `bytes` and returns as many bytes of answer.
  fileprivate func exchange(_ bytes: [UInt8]) async -> [UInt8] {
    var answer: [UInt8] = []
    await withCheckedContinuation { done in
      start(
        received: { chunk in
          answer.append(contentsOf: chunk)
          if answer.count == bytes.count { done.resume() }
        },
        ended: { _ in }
      )
      write(bytes)
    }
    close()
    return answer
  }
}
