import Glibc
import Installed
import MeshCore
import MeshCrypto
import MeshLoop
import MeshService

/// The folder of a mesh on one machine: databases, keys and sockets.
struct MeshFolder: Sendable {
  /// The services in the order they are started; they are stopped in reverse order.
  static let services = Installed.services.map(\.name) + ["gateway"]

  /// Absolute.
  let path: String
  /// Folder of the Unix sockets.
  let sockets: String

  /// The folder that `--data`, else `LEADMESH_DATA` names, else `./var`.
  init(_ arguments: inout Arguments) throws(CommandError) {
    self.init(try arguments.take("data") ?? Self.variable("LEADMESH_DATA") ?? "./var")
  }

  init(_ path: String, sockets: String? = variable("LEADMESH_SOCKETS")) {
    self.path = Self.absolute(path)
    self.sockets = sockets.map(Self.absolute) ?? "\(self.path)/run"
  }

  /// The socket of a process, as `ReplicaCounts` names it: that of a service's first, as the service.
  func socket(of name: String) -> String { "\(sockets)/\(name).sock" }

  /// The processes of a service whose sockets are there, at least its first.
  func processes(of service: String) -> [String] {
    var count = 1
    while access(socket(of: ReplicaCounts.name(of: service, count + 1)), F_OK) == 0 { count += 1 }
    return (1...count).map { ReplicaCounts.name(of: service, $0) }
  }

  /// The executable of a service, in the same folder as this one.
  func executable(of service: String) -> String { "\(Self.executables)/leadmesh-\(service)" }

  // MARK: Preparing

  /// Creates missing folders, accessible to their owner only.
  ///
  /// - Throws: `.failed` naming the folder that cannot be created.
  func make() throws(CommandError) {
    for folder in [path, sockets, keys, "\(path)/database"] { try makeFolder(folder) }
  }

  /// Creates the key pair that signs and verifies tokens, unless it exists, and deletes the address
  /// of an earlier gateway and the sockets of services' further processes.
  ///
  /// Call it only while holding the folder's lock.
  ///
  /// - Throws: `.failed` naming the file that cannot be created.
  func prepare() throws(CommandError) {
    unlink(gatewayAddress)
    for service in Self.services {
      for other in processes(of: service).dropFirst() { unlink(socket(of: other)) }
    }
    if access("\(keys)/token.pem", F_OK) != 0 { try makeKeys() }
  }

  /// Creates the folder in which the folder is to be.
  ///
  /// - Throws: `.failed` naming the folder that cannot be created.
  func makeParent() throws(CommandError) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    try makeFolder(String(path[..<slash]))
  }

  /// Removes the keys that sign and verify tokens, so that no token signed with them is valid.
  func removeKeys() {
    for name in ["token.pem", "token.pub.pem"] { unlink("\(keys)/\(name)") }
  }

  private var keys: String { "\(path)/keys" }

  private func makeFolder(_ folder: String) throws(CommandError) {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = folder.lastIndex(of: "/"), slash > folder.startIndex {
      try makeFolder(String(folder[..<slash]))
      if mkdir(folder, 0o700) == 0 { return }
    }
    throw TextFile.failure(folder)
  }

  private func makeKeys() throws(CommandError) {
    let publicPEM: String
    let privatePEM: String
    do throws(CryptoError) {
      let key = try Ed25519PrivateKey.generate()
      (publicPEM, privatePEM) = (key.publicKey.pem, key.pem)
    } catch {
      throw .failed("the key that signs tokens cannot be created: \(error)")
    }
    // The public key first: a crash between the two leaves no private key without its public one.
    try TextFile.write(publicPEM, to: "\(keys)/token.pub.pem", mode: 0o644)
    try TextFile.write(privatePEM, to: "\(keys)/token.pem", mode: 0o600)
  }

  // MARK: The gateway

  /// The file in which the gateway writes the address it listens on.
  private var gatewayAddress: String { "\(sockets)/gateway.address" }

  /// The gateway's `host:port`; nil until the gateway has written it.
  var listenAddress: String? {
    guard let text = try? TextFile.read(gatewayAddress) else { return nil }
    let line = text.prefix { !$0.isNewline }
    return line.isEmpty ? nil : String(line)
  }

  /// The URL of a tenant; nil until the gateway has written its address.
  func address(of tenant: String) -> String? {
    guard let port = listenAddress?.split(separator: ":").last else { return nil }
    let domains = Self.variable("LEADMESH_BASE_DOMAINS") ?? "localhost"
    let domain = domains.split(separator: ",").first.map(String.init) ?? "localhost"
    return "http://\(tenant).\(domain):\(port)"
  }

  // MARK: Metrics

  /// Where a service's metrics are: `LEADMESH_METRICS_LISTEN` is the address of the first service's, and
  /// each further one has the next port; with port 0 each has any free one.
  ///
  /// - Returns: nil when the variable is not set, or names no address for all of them.
  func metricsAddress(of service: String, from text: String? = variable("LEADMESH_METRICS_LISTEN"))
    -> SocketAddress?
  {
    guard let text, case .tcp(let host, let first)? = SocketAddress(text),
      let index = Self.services.firstIndex(of: service)
    else { return nil }
    if first == 0 { return .tcp(host: host, port: 0) }
    return UInt16(exactly: Int(first) + index).map { .tcp(host: host, port: $0) }
  }

  // MARK: Paths

  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The path from the root, without what a shell puts at the end and steps back: `a/../b/` is `b`, whether
  /// there is an `a` or not.
  private static func absolute(_ path: String) -> String {
    let path = rooted(path)
    guard path.hasPrefix("/") else { return path }
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return "/" + names.joined(separator: "/")
  }

  private static func rooted(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return "\(String(cString: folder))/\(path)"
  }

  private static var executables: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "." }
    defer { free(path) }
    let own = String(cString: path)
    return own.lastIndex(of: "/").map { String(own[..<$0]) } ?? "."
  }
}
