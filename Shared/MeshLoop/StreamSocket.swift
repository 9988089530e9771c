import CLinux
import Glibc

/// How a socket's input ended.
package enum StreamEnd: Error, Equatable {
  /// The peer sends no more; what is written may still reach it.
  case finished
  case failed(SocketError)
}

/// A connected, non-blocking stream socket.
///
/// Input is handed over as it comes; output that the kernel does not take at once waits in a queue.
/// The owner calls `close`, also after `ended`.
@LoopActor
package final class StreamSocket {
  /// Who is at the other end of a Unix socket; nil on TCP.
  package let peer: PeerCredentials?
  /// The peer's numeric address, or "" on a Unix socket.
  package let remoteAddress: String

  private let descriptor: Int32
  private var registration: Registration?
  private var received: @LoopActor (UnsafeRawBufferPointer) -> Void = { _ in }
  private var ended: @LoopActor (StreamEnd) -> Void = { _ in }
  private var drained: @LoopActor () -> Void = {}
  private var unsent: [UInt8] = []
  private var sent = 0
  private var isReading = true
  private var hasEnded = false
  private var closesWhenSent = false

  /// What one read takes at most; the buffer is shared, so input is used before the handler returns.
  private static let readSize = 64 * 1024
  private static let input = UnsafeMutableRawBufferPointer.allocate(
    byteCount: readSize,
    alignment: 16
  )

  /// Takes over a connected descriptor.
  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
    peer = PeerCredentials(of: descriptor)
    remoteAddress = RawAddress(of: descriptor, getpeername)?.hostAndPort?.host ?? ""
    if peer == nil { enable(TCP_NODELAY, level: Int32(IPPROTO_TCP), on: descriptor) }
  }

  /// Begins to read.
  ///
  /// - Parameters:
  ///   - received: bytes, valid during the call only.
  ///   - ended: called once, when no more input can come.
  ///   - drained: called whenever the queue of unsent bytes becomes empty.
  package func start(
    received: @escaping @LoopActor (UnsafeRawBufferPointer) -> Void,
    ended: @escaping @LoopActor (StreamEnd) -> Void,
    drained: @escaping @LoopActor () -> Void = {}
  ) {
    self.received = received
    self.ended = ended
    self.drained = drained
    registration = Loop.shared.watch(descriptor, .readable) { [self] in handle($0) }
  }

  /// Bytes that wait for the kernel to take them.
  package var unsentBytes: Int { unsent.count - sent }

  /// Whether `close` has been called.
  package private(set) var isClosed = false

  /// Stops or resumes reading: the peer is held back once the kernel's buffers are full.
  package func setReading(_ reads: Bool) {
    isReading = reads
    updateInterest()
  }

  /// Sends `bytes`, or queues what the kernel does not take.
  package func write(_ bytes: UnsafeRawBufferPointer) {
    guard !isClosed, bytes.count > 0 else { return }
    guard unsentBytes == 0 else {
      unsent.append(contentsOf: bytes)
      return
    }
    let count = transmit(bytes)
    guard count < bytes.count, !isClosed else { return }
    unsent.append(contentsOf: bytes[count...])
    updateInterest()
  }

  /// Limits about how much the kernel takes of a peer that does not read.
  package func limitKernelBuffer(to bytes: Int32) {
    guard !isClosed else { return }
    var bytes = bytes
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
  }

  package func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
  }

  /// Closes now; what is still queued is lost.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    registration?.cancel()
    registration = nil
    received = { _ in }
    ended = { _ in }
    drained = {}
    unsent = []
    sent = 0
    Glibc.close(descriptor)
  }

  /// Closes once everything written has been handed to the kernel.
  package func closeWhenSent() {
    if unsentBytes == 0 {
      close()
    } else {
      closesWhenSent = true
      setReading(false)
    }
  }

  private func updateInterest() {
    var events: LoopEvents = isReading && !hasEnded ? .readable : []
    if unsentBytes > 0 { events.insert(.writable) }
    registration?.update(events)
  }

  private func handle(_ events: LoopEvents) {
    if events.contains(.writable), unsentBytes > 0 { sendQueued() }
    guard !isClosed, !events.isDisjoint(with: [.readable, .failed]) else { return }
    if hasEnded || !isReading {
      // Neither end nor failure can be read any more: nobody is left to send to.
      if !events.isDisjoint(with: .failed) { end(.failed(.system(call: "poll", number: EPIPE))) }
      return
    }
    let count = read(descriptor, Self.input.baseAddress, Self.readSize)
    if count > 0 {
      received(UnsafeRawBufferPointer(rebasing: Self.input[..<count]))
    } else if count == 0 {
      hasEnded = true
      updateInterest()
      ended(.finished)
    } else if errno != EAGAIN, errno != EINTR {
      end(.failed(.last("read")))
    }
  }

  /// Both directions are over: tells the owner once and stops watching.
  private func end(_ end: StreamEnd) {
    registration?.cancel()
    registration = nil
    unsent = []
    sent = 0
    let tell = ended
    ended = { _ in }
    tell(end)
    if closesWhenSent { close() }
  }

  private func sendQueued() {
    let count = unsent.withUnsafeBytes { transmit(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
    guard !isClosed else { return }
    sent += count
    guard sent == unsent.count else { return }
    unsent = []
    sent = 0
    updateInterest()
    if closesWhenSent { close() } else { drained() }
  }

  /// How many bytes the kernel took.
  ///
  /// A failure is reported on a later turn, never from within a write.
  private func transmit(_ bytes: UnsafeRawBufferPointer) -> Int {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = send(descriptor, base + done, bytes.count - done, Int32(MSG_NOSIGNAL))
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        break
      } else if errno != EINTR {
        let error = SocketError.last("send")
        Loop.shared.endOfTick { [self] in if !isClosed { end(.failed(error)) } }
        return bytes.count
      }
    }
    return done
  }
}

extension StreamSocket {
  /// Connects to `address`, trying each of a host's addresses in turn.
  ///
  /// - Throws: `SocketError`; `.timedOut` when no connection stands after `timeout`.
  package static func connect(
    to address: SocketAddress,
    timeout: Duration
  ) async throws(SocketError) -> StreamSocket {
    let deadline = Deadline(after: timeout)
    switch address {
    case .unix(let path):
      let descriptor = try RawAddress.withUnix(path: path) { (address) throws(SocketError) in
        // On a Unix socket connect never waits: it succeeds or fails at once.
        try makeSocket(family: AF_UNIX) { (descriptor) throws(SocketError) in
          guard address.withPointer({ Glibc.connect(descriptor, $0, $1) }) == 0 else {
            throw .last("connect")
          }
        }
      }
      return StreamSocket(adopting: descriptor)
    case .tcp(let host, let port):
      var failure = SocketError.unresolved(host: host)
      for address in try await resolve(host, port) {
        do throws(SocketError) {
          return try await connect(to: address, by: deadline)
        } catch {
          failure = error
        }
      }
      throw failure
    }
  }

  private static func resolve(
    _ host: String,
    _ port: UInt16
  ) async throws(SocketError) -> [RawAddress] {
    if let found = try? RawAddress.resolve(
      host: host,
      port: port,
      numericOnly: true,
      passive: false
    ) {
      return found
    }
    return try await BlockingPool.shared.run { () throws(SocketError) in
      try RawAddress.resolve(host: host, port: port, numericOnly: false, passive: false)
    }
  }

  private static func connect(
    to address: RawAddress,
    by deadline: Deadline
  ) async throws(SocketError) -> StreamSocket {
    let descriptor = try makeSocket(family: address.family) { (descriptor) throws(SocketError) in
      let result = address.withPointer { Glibc.connect(descriptor, $0, $1) }
      guard result == 0 || errno == EINPROGRESS else { throw .last("connect") }
    }
    let isReady = await waitUntilWritable(descriptor, by: deadline)
    var number: Int32 = isReady ? 0 : ETIMEDOUT
    var size = socklen_t(MemoryLayout<Int32>.size)
    if isReady { getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) }
    guard number == 0 else {
      Glibc.close(descriptor)
      throw number == ETIMEDOUT ? .timedOut : .system(call: "connect", number: number)
    }
    return StreamSocket(adopting: descriptor)
  }

  /// False when `deadline` came first.
  private static func waitUntilWritable(_ descriptor: Int32, by deadline: Deadline) async -> Bool {
    var registration: Registration?
    var timer: TimerToken?
    let isReady = await withUnsafeContinuation { (ready: UnsafeContinuation<Bool, Never>) in
      let once = Once(ready)
      registration = Loop.shared.watch(descriptor, .writable) { _ in once.resume(true) }
      timer = Loop.shared.schedule(at: deadline) { once.resume(false) }
    }
    registration?.cancel()
    timer?.cancel()
    return isReady
  }
}

/// A continuation that two callbacks may resume; the first counts.
@LoopActor
private final class Once {
  private var continuation: UnsafeContinuation<Bool, Never>?

  init(_ continuation: UnsafeContinuation<Bool, Never>) {
    self.continuation = continuation
  }

  func resume(_ value: Bool) {
    continuation?.resume(returning: value)
    continuation = nil
  }
}
