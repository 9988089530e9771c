import CPostgreSQL
import Glibc
import MeshLoop
import Synchronization

/// A connection by libpq: sends statements in one flush, waits for their results, and ends what runs when
/// the caller goes away.
final class PostgresWire {
  /// Puts something into libpq's queue; 1 when it took it.
  typealias Send = (OpaquePointer) -> Int32

  private let handle: OpaquePointer
  /// Whether libpq refused a call, so that it is not known what it waits for.
  private var isOutOfStep = false
  /// Whether, since it was last set, a failure was met after which a transaction must be made again from
  /// its beginning, whatever its body makes of that.
  var mustRestart = false
  /// Whether this side asked the server to stop what it did last.
  private var wasCancelled = false
  private let cancellation = Cancellation()

  /// How long a server that was asked something may say nothing before it is given up.
  static let patience = Duration.seconds(15)
  /// How long this connection's may while others are answered; nil for as long as they are, since a statement
  /// may take its time or wait for a lock.
  var patience: Duration?
  /// What others know of the server.
  var reach: PostgresReach?
  /// Whether a COMMIT runs: it waits for no other transaction, and is not cancelled, which would have the server
  /// call it done before a standby has it.
  var isCommitting = false
  /// How long nothing has come and nothing could be sent, by the time this thread has waited.
  private var silence = Duration.zero
  /// Whether the server was given up.
  private var isGivenUp = false
  /// The request whose statements run: they end when it is cancelled.
  var request: StoreRequest?

  /// - Parameter parameters: libpq's.
  /// - Throws: `.engine` of the kind `.connection` when the server cannot be reached or refuses the role.
  init(_ parameters: [String: String]) throws(StoreError) {
    guard let handle = Self.connect(parameters) else {
      throw .engine(EngineFault(.connection, code: "08001", message: "out of memory"))
    }
    self.handle = handle
    guard PQstatus(handle) == CONNECTION_OK else {
      throw .engine(
        EngineFault(.connection, code: "08001", message: String(cString: PQerrorMessage(handle)))
      )
    }
    // A server that takes nothing would block whoever sends.
    _ = PQsetnonblocking(handle, 1)
    // What the server has to say beside its answers would go to standard error.
    _ = PQsetNoticeProcessor(handle, { _, _ in }, nil)
  }

  deinit { PQfinish(handle) }

  private static func connect(_ parameters: [String: String]) -> OpaquePointer? {
    let pairs = parameters.sorted { $0.key < $1.key }
    var keys = pairs.map { strdup($0.key).map { UnsafePointer($0) } } + [nil]
    var values = pairs.map { strdup($0.value).map { UnsafePointer($0) } } + [nil]
    defer {
      for text in keys + values { free(UnsafeMutableRawPointer(mutating: text)) }
    }
    return PQconnectdbParams(&keys, &values, 0)
  }

  /// Whether no transaction is open.
  var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

  /// Whether the server has ended the connection, or it broke.
  var isLost: Bool { PQstatus(handle) != CONNECTION_OK || isOutOfStep || isGivenUp }

  /// Runs statements without parameters, one after the other.
  func execute(_ script: String) throws(StoreError) {
    try begin()
    guard PQsendQuery(handle, script) == 1, flush() else { throw failure(nil) }
    var fault: StoreError?
    while let next = next() {
      guard let result = next.result else {
        if let fault { throw fault }
        return
      }
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: break
      default: fault = fault ?? failure(result)
      }
    }
    throw fault ?? failure(nil)
  }

  /// A statement without parameters.
  static func plain(_ text: String) -> Send {
    { PQsendQueryParams($0, text, 0, nil, nil, nil, nil, 1) }
  }

  /// Sets the tenant whose rows the transaction sees, by its id in hexadecimal digits.
  static func setting(tenant: String) -> Send {
    { handle in
      tenant.withCString { value in
        withUnsafePointer(to: Optional(value)) { values in
          PQsendQueryParams(
            handle,
            "SELECT set_config('leadmesh.tenant', $1, true)",
            1,
            nil,
            values,
            nil,
            nil,
            1
          )
        }
      }
    }
  }

  /// A statement that was prepared.
  static func prepared(
    _ name: String,
    _ parameters: PostgresParameters
  ) -> Send {
    { handle in
      parameters.withPointers { values, lengths, formats in
        PQsendQueryPrepared(handle, name, Int32(values.count), values, lengths, formats, 1)
      }
    }
  }

  // MARK: Exchanges

  /// Sends statements in one flush, and gives the last one's result.
  ///
  /// - Parameters:
  ///   - sends: in their order; if one fails, the server passes over those behind it.
  ///   - taken: gets the result of each but the last.
  /// - Returns: the last result; the caller frees it.
  /// - Throws: the first failure.
  func exchange(
    _ sends: [Send],
    taken: (_ index: Int, _ result: OpaquePointer) -> Void = { _, _ in }
  ) throws(StoreError) -> OpaquePointer {
    try begin()
    guard PQenterPipelineMode(handle) == 1 else { throw failure(nil) }
    for send in sends { guard send(handle) == 1 else { throw failure(nil) } }
    guard PQpipelineSync(handle) == 1, flush() else { throw failure(nil) }
    var (wanted, fault): (OpaquePointer?, StoreError?)
    var (index, isEnd) = (0, false)
    while let next = next() {
      // A null pointer ends the results of one statement; two in a row end all of them.
      guard let result = next.result else {
        if isEnd { break }
        isEnd = true
        index += 1
        continue
      }
      isEnd = false
      switch PQresultStatus(result) {
      case PGRES_PIPELINE_SYNC:
        PQclear(result)
        _ = PQexitPipelineMode(handle)
        if fault == nil, let wanted { return wanted }
        PQclear(wanted)
        throw fault ?? failure(nil)
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
        if index == sends.count - 1 {
          wanted = result
        } else {
          taken(index, result)
          PQclear(result)
        }
      case PGRES_PIPELINE_ABORTED: PQclear(result)
      default:
        fault = fault ?? failure(result)
        PQclear(result)
      }
    }
    PQclear(wanted)
    throw fault ?? failure(nil)
  }

  private func begin() throws(StoreError) {
    if isLost { throw failure(nil) }
    (wasCancelled, silence) = (false, .zero)
    // What was to end the statement before would end the next one.
    if !cancellation.settles() {
      giveUp()
      throw failure(nil)
    }
  }

  private struct Next {
    let result: OpaquePointer?
  }

  /// What libpq has next; nil when the connection broke.
  private func next() -> Next? {
    guard waitForResult() else { return nil }
    let result = PQgetResult(handle)
    return result == nil && PQstatus(handle) != CONNECTION_OK ? nil : Next(result: result)
  }

  private func failure(_ result: OpaquePointer?) -> StoreError {
    if isGivenUp {
      mustRestart = true
      return .engine(.silence)
    }
    if result == nil, !isLost {
      isOutOfStep = true
      let message = String(cString: PQerrorMessage(handle))
      return .engine(EngineFault(.other, code: "libpq", message: message))
    }
    let fault = StoreError.postgres(result, handle, wasCancelled: wasCancelled)
    if [.conflict, .connection].contains(fault.engineFault) { mustRestart = true }
    return fault
  }

  // MARK: Waiting

  private func flush() -> Bool {
    while true {
      switch PQflush(handle) {
      case 0: return true
      case 1: guard poll(POLLIN | POLLOUT), PQconsumeInput(handle) == 1 else { return false }
      default: return false
      }
    }
  }

  /// Waits until a result is there, and asks the server to stop when the caller has gone.
  private func waitForResult() -> Bool {
    var rounds = 0
    while PQisBusy(handle) == 1 {
      guard poll(POLLIN) else { return false }
      if PQconsumeInput(handle) == 0 { return false }
      // What arrives between two statements ends neither, so that it is sent until one has ended.
      if let request, !isCommitting, request.isCancelled, PQisBusy(handle) == 1 {
        if rounds.isMultiple(of: 5) { cancellation.send(handle) }
        rounds += 1
        wasCancelled = true
      }
    }
    return true
  }

  /// Waits for the socket, at most a moment.
  private func poll(_ events: Int32) -> Bool {
    var entry = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
    guard entry.fd >= 0 else { return false }
    let count = Glibc.poll(&entry, 1, 50)
    guard count == 0 else {
      silence = .zero
      return count > 0 || errno == EINTR
    }
    silence += .milliseconds(50)
    if isCommitting, silence >= Self.patience { reach?.noteStall() }
    let isCutOff = reach?.fault(.system) != nil
    let limit = isCutOff ? min(patience ?? Self.patience, Self.patience) : patience
    guard let limit, silence >= limit else { return true }
    giveUp()
    return false
  }

  /// Ends the connection without another word, which might find no room on its way.
  func giveUp() {
    isGivenUp = true
    shutdown(PQsocket(handle), Int32(SHUT_RDWR))
  }
}

/// Asks the server to end what a connection does, on a thread of its own: libpq waits for the server to take note
/// of it, for ever if it hangs.
private final class Cancellation: Sendable {
  private let isUnderWay = Atomic(false)

  /// Does nothing while another is under way.
  func send(_ handle: OpaquePointer) {
    guard !isUnderWay.load(ordering: .acquiring), let cancel = PQgetCancel(handle) else { return }
    isUnderWay.store(true, ordering: .releasing)
    // Nobody else has it.
    nonisolated(unsafe) let pointer = cancel
    startThread(named: "store-cancel") { [self] in
      var text = [CChar](repeating: 0, count: 256)
      PQcancel(pointer, &text, Int32(text.count))
      PQfreeCancel(pointer)
      isUnderWay.store(false, ordering: .releasing)
    }
  }

  /// Waits for one that is under way.
  ///
  /// - Returns: whether it is over; false after a second.
  func settles() -> Bool {
    for _ in 0..<1000 {
      if !isUnderWay.load(ordering: .acquiring) { return true }
      _ = poll(nil, 0, 1)
    }
    return false
  }
}
