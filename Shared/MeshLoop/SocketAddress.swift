import CLinux
import Glibc

/// Where a service listens.
package enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
  /// A Unix socket; paths may be longer than the 107 bytes the kernel's address has room for.
  case unix(path: String)
  /// A host name or an IPv4 or IPv6 address; port 0 lets the kernel choose when listening.
  case tcp(host: String, port: UInt16)

  /// Reads `unix:/path`, `host:port` or `[::1]:port`; nil when `text` is none of these.
  package init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = text.dropFirst("unix:".count)
      guard !path.isEmpty, !path.utf8.contains(0) else { return nil }
      self = .unix(path: String(path))
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.utf8.contains(0) else { return nil }
    self = .tcp(host: String(host), port: port)
  }

  package var description: String {
    switch self {
    case .unix(let path): "unix:\(path)"
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}

/// What went wrong with a socket.
package enum SocketError: Error, Equatable, CustomStringConvertible {
  case unresolved(host: String)
  case addressInUse(String)
  /// The call that failed and the system's error number.
  case system(call: String, number: Int32)
  case timedOut

  static func last(_ call: String) -> SocketError { .system(call: call, number: errno) }

  package var description: String {
    switch self {
    case .unresolved(let host): "no address for host \(host)"
    case .addressInUse(let address): "\(address) is in use"
    case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
    case .timedOut: "timed out"
    }
  }
}

/// Which process is at the other end of a Unix socket, as the kernel knows it (unix(7), SO_PEERCRED).
package struct PeerCredentials: Hashable, Sendable {
  package let uid: UInt32
  package let gid: UInt32
  package let pid: Int32

  package init(uid: UInt32, gid: UInt32, pid: Int32) {
    self.uid = uid
    self.gid = gid
    self.pid = pid
  }

  /// Nil when `descriptor` is no Unix socket.
  init?(of descriptor: Int32) {
    guard domain(of: descriptor) == AF_UNIX else { return nil }
    var peer = clinux_peer()
    guard clinux_peer(descriptor, &peer) == 0 else { return nil }
    self.init(uid: peer.uid, gid: peer.gid, pid: peer.pid)
  }

  /// Whether the peer runs as this process's user, or as root.
  package var isTrusted: Bool { uid == Self.ownUser || uid == 0 }

  private static let ownUser = geteuid()
}

func domain(of descriptor: Int32) -> Int32 {
  var domain: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size)
  return domain
}

func enable(_ option: Int32, level: Int32 = SOL_SOCKET, on descriptor: Int32) {
  var on: Int32 = 1
  setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
}

/// A socket address as the kernel takes it.
struct RawAddress: Sendable {
  private var storage = sockaddr_storage()
  private var size: socklen_t

  init(_ address: UnsafePointer<sockaddr>, size: socklen_t) {
    self.size = size
    withUnsafeMutableBytes(of: &storage) { bytes in
      bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(size)))
    }
  }

  /// The addresses of a host; blocks while the name is looked up unless it is numeric.
  static func resolve(
    host: String,
    port: UInt16,
    numericOnly: Bool,
    passive: Bool
  ) throws(SocketError) -> [RawAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags =
      AI_NUMERICSERV | (numericOnly ? AI_NUMERICHOST : 0) | (passive ? AI_PASSIVE : 0)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0 else {
      throw .unresolved(host: host)
    }
    defer { freeaddrinfo(found) }
    var addresses: [RawAddress] = []
    var next = found
    while let entry = next {
      if let address = entry.pointee.ai_addr {
        addresses.append(RawAddress(address, size: entry.pointee.ai_addrlen))
      }
      next = entry.pointee.ai_next
    }
    return addresses
  }

  /// Calls `body` with the address of the Unix socket `path`.
  ///
  /// A path longer than the kernel's address holds is reached through its opened folder in /proc.
  static func withUnix<Success>(
    path: String,
    _ body: (RawAddress) throws(SocketError) -> Success
  ) throws(SocketError) -> Success {
    guard path.utf8.count > maxUnixPath else { return try body(unix(path)) }
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let folder = clinux_open_folder(String(path[..<slash]))
    guard folder >= 0 else { throw .last("open") }
    defer { close(folder) }
    let short = "/proc/self/fd/\(folder)\(path[slash...])"
    guard short.utf8.count <= maxUnixPath else {
      throw .system(call: "bind", number: ENAMETOOLONG)
    }
    return try body(unix(short))
  }

  private static let maxUnixPath = 107

  private static func unix(_ path: String) -> RawAddress {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        RawAddress($0, size: socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  func withPointer<Success>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Success) -> Success {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
  }

  /// What `read` (getpeername, getsockname) says of a socket; nil when it fails.
  init?(
    of descriptor: Int32,
    _ read: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) {
    size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    var length = size
    let result = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { read(descriptor, $0, &length) }
    }
    guard result == 0 else { return nil }
    size = length
  }

  /// The numeric host and port of an IPv4 or IPv6 address; nil for a Unix socket.
  var hostAndPort: (host: String, port: UInt16)? {
    guard family == AF_INET || family == AF_INET6 else { return nil }
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    var port = [CChar](repeating: 0, count: 8)
    let result = withPointer { pointer, size in
      getnameinfo(
        pointer,
        size,
        &host,
        socklen_t(host.count),
        &port,
        socklen_t(port.count),
        NI_NUMERICHOST | NI_NUMERICSERV
      )
    }
    guard result == 0 else { return nil }
    func text(_ characters: [CChar]) -> String {
      String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
    return UInt16(text(port)).map { (text(host), $0) }
  }
}
