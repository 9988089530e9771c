import CLinux
import Glibc

/// A listening socket; hands each connection to `accepted` on the loop.
@LoopActor
package final class SocketListener {
  /// Where it listens; the port is the one the kernel chose when 0 was asked for.
  package let address: SocketAddress
  private let descriptor: Int32
  private let accepted: @LoopActor (StreamSocket) -> Void
  private var registration: Registration?
  private var pause: TimerToken?

  /// How many connections one turn of the loop takes, so that those already open get their turn.
  private static let batch = 64
  /// How long it waits for descriptors to come free when the process has none left.
  private static let pauseWithoutDescriptors = Duration.milliseconds(50)

  /// Listens on `address`.
  ///
  /// A Unix socket is open to this user alone (mode 0600); a file left by a dead process is replaced.
  /// - Throws: `SocketError`, `.addressInUse` when another process listens there.
  package init(
    on address: SocketAddress,
    backlog: Int32 = 1024,
    accepted: @escaping @LoopActor (StreamSocket) -> Void
  ) throws(SocketError) {
    switch address {
    case .unix(let path):
      descriptor = try Self.bindUnix(path)
      self.address = address
    case .tcp(let host, let port):
      descriptor = try Self.bindTCP(host, port)
      let bound = RawAddress(of: descriptor, getsockname)?.hostAndPort?.port
      self.address = .tcp(host: host, port: bound ?? port)
    }
    self.accepted = accepted
    guard listen(descriptor, backlog) == 0 else {
      let error = SocketError.last("listen")
      Glibc.close(descriptor)
      throw error
    }
    registration = Loop.shared.watch(descriptor, .readable) { [weak self] _ in self?.accept() }
  }

  /// Stops listening and removes the file of a Unix socket; open connections stay.
  package func close() {
    guard let registration else { return }
    registration.cancel()
    self.registration = nil
    pause?.cancel()
    Glibc.close(descriptor)
    if case .unix(let path) = address { unlink(path) }
  }

  private func accept() {
    for _ in 0..<Self.batch {
      let connection = clinux_accept(descriptor)
      if connection >= 0 {
        accepted(StreamSocket(adopting: connection))
        if registration == nil { return }
        continue
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: pauseAccepting()
      default: break
      }
      return
    }
  }

  /// Level-triggered readiness would spin while nothing can be accepted.
  private func pauseAccepting() {
    registration?.update([])
    pause = Loop.shared.schedule(after: Self.pauseWithoutDescriptors) { [weak self] in
      self?.registration?.update(.readable)
    }
  }

  private nonisolated static func bindTCP(
    _ host: String,
    _ port: UInt16
  ) throws(SocketError) -> Int32 {
    let found = try RawAddress.resolve(host: host, port: port, numericOnly: false, passive: true)
    guard let address = found.first else { throw .unresolved(host: host) }
    return try makeSocket(family: address.family) { (descriptor) throws(SocketError) in
      enable(SO_REUSEADDR, on: descriptor)
      guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
        throw errno == EADDRINUSE ? .addressInUse("\(host):\(port)") : .last("bind")
      }
    }
  }

  private nonisolated static func bindUnix(_ path: String) throws(SocketError) -> Int32 {
    try RawAddress.withUnix(path: path) { (address) throws(SocketError) in
      try makeSocket(family: AF_UNIX) { (descriptor) throws(SocketError) in
        // On Linux the file takes the mode that the socket has when it is bound.
        fchmod(descriptor, 0o600)
        if address.withPointer({ bind(descriptor, $0, $1) }) == 0 { return }
        guard errno == EADDRINUSE else { throw .last("bind") }
        let probe = try makeSocket(family: AF_UNIX) { _ in }
        let answers = address.withPointer({ connect(probe, $0, $1) }) == 0
        let isDead = !answers && errno == ECONNREFUSED
        Glibc.close(probe)
        guard isDead else { throw .addressInUse(path) }
        unlink(path)
        guard address.withPointer({ bind(descriptor, $0, $1) }) == 0 else { throw .last("bind") }
      }
    }
  }
}

/// A new non-blocking socket, closed again when `prepare` throws.
func makeSocket(
  family: Int32,
  _ prepare: (Int32) throws(SocketError) -> Void
) throws(SocketError) -> Int32 {
  let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
  let descriptor = socket(family, kind, 0)
  guard descriptor >= 0 else { throw .last("socket") }
  do throws(SocketError) {
    try prepare(descriptor)
  } catch {
    Glibc.close(descriptor)
    throw error
  }
  return descriptor
}
