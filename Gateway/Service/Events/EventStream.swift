import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop

/// Who reads events: a member of a tenant, with any number of streams.
struct Viewer: Hashable, Sendable {
  let tenant: TenantID
  let member: MemberID
}

/// What goes to one browser and waits for it.
@LoopActor
final class EventStream {
  let viewer: Viewer
  let token: String
  /// Names of the roles that the browser was last told to ask about.
  var roles: [String]
  /// The teams by which the browser was last shown records.
  var membership: TeamMembership
  /// Ends the stream with its token.
  var expiry: TimerToken?
  /// The records that the caller is, and belongs to: a change of one changes the session.
  let ownRecords: Set<String>
  /// The id that the browser has.
  private(set) var lastID = ""
  private(set) var lastWrite = Deadline.now
  /// When the browser was last told its place, or could have been.
  private(set) var placeTime = Deadline.now

  /// Whether the browser has been told what it begins with.
  private(set) var hasBegun = false

  /// Bytes that may wait for the browser.
  private let limit: Int
  private let budget: ByteBudget
  private var counted = 0
  private var pending: [UInt8] = []
  /// Whether the last block in `pending` lacks its blank line.
  private var isBlockOpen = false
  /// Later events of the services whose earlier ones are still being read.
  private var later: [String: [[UInt8]]]
  private var laterBytes = 0
  /// Services of which too much came while earlier events were being read.
  private var overrun: Set<String> = []
  private var waiter: CheckedContinuation<Void, Never>?
  private var cut: @LoopActor () -> Void = {}
  private var isEnding = false
  private var isCut = false

  /// - Parameters:
  ///   - viewer: whose stream.
  ///   - token: with which it was opened.
  ///   - roles: of the member.
  ///   - membership: the member's teams.
  ///   - services: those whose changes it gets, each once it is current.
  ///   - limit: bytes that may wait.
  ///   - budget: of all streams together.
  init(
    _ viewer: Viewer,
    token: String,
    roles: [String],
    membership: TeamMembership,
    services: [String],
    limit: Int,
    budget: ByteBudget
  ) {
    self.viewer = viewer
    self.token = token
    self.roles = roles
    self.membership = membership
    self.limit = limit
    self.budget = budget
    ownRecords = [viewer.member.description, viewer.tenant.description]
    later = Dictionary(uniqueKeysWithValues: services.map { ($0, []) })
  }

  /// Whether nothing can reach the browser any more.
  var isOver: Bool { isCut || isEnding }

  /// Whether it has all that any service told so far, so that an id is true.
  var isCurrent: Bool { later.isEmpty }

  // MARK: What is written

  /// Adds a block of a service, or keeps it for when the service's earlier ones are there.
  func take(_ block: [UInt8], of service: String) {
    if isOver { return }
    if later[service] == nil { return write(block) }
    if overrun.contains(service) { return }
    guard laterBytes + block.count <= mostCatchUpBytes else {
      overrun.insert(service)
      for kept in later[service] ?? [] { laterBytes -= kept.count }
      later[service] = []
      return count()
    }
    later[service]?.append(block)
    laterBytes += block.count
    count()
  }

  /// Bytes of what happened since a browser's place that it still gets one by one: to read again what it
  /// shows takes less than more of them, and cutting it off would have it come back to the same place.
  var mostCatchUpBytes: Int { limit / 3 }

  /// Adds a block behind all that waits.
  func write(_ block: [UInt8]) {
    if isOver { return }
    endBlock()
    pending += block
    isBlockOpen = true
    count()
  }

  /// Puts the first block of the stream before all others.
  func begin(_ block: [UInt8]) {
    hasBegun = true
    if isOver { return }
    pending = block + [UInt8(ascii: "\n")] + pending
    count()
  }

  /// Ends what was added together.
  ///
  /// - Parameter id: the place behind it; nil where none is true.
  func endBatch(id: String?) {
    if isOver { return }
    if let id, isCurrent {
      if id != lastID { pending += EventText.id(id) }
      isBlockOpen = isBlockOpen || id != lastID
      lastID = id
      keepPlace()
    }
    if pending.isEmpty, !isBlockOpen { return }
    endBlock()
    count()
    lastWrite = .now
    wake()
  }

  /// Has the browser keep the place that it knows for as long as any does.
  func keepPlace() { placeTime = .now }

  /// Lets events of a service through from now on, those that were kept first.
  func becomeCurrent(_ service: String) {
    guard let blocks = later.removeValue(forKey: service) else { return }
    for block in blocks { laterBytes -= block.count }
    for block in blocks { write(block) }
    if overrun.remove(service) != nil { write(EventText.reset) }
  }

  private func endBlock() {
    if isBlockOpen { pending.append(UInt8(ascii: "\n")) }
    isBlockOpen = false
  }

  /// Counts what waits; more than may wait ends the stream.
  private func count() {
    let waiting = pending.count + laterBytes
    if waiting > limit || !budget.change(&counted, to: waiting) { cutOff() }
  }

  // MARK: The end

  /// Ends the stream once the browser has what waits.
  func finish() {
    isEnding = true
    endBlock()
    wake()
  }

  /// Ends the stream at once: the browser does not keep up.
  private func cutOff() {
    isCut = true
    release()
    cut()
    wake()
  }

  /// Takes note that nobody reads any more.
  func ended() {
    isCut = true
    expiry?.cancel()
    release()
  }

  private func release() {
    pending = []
    later = [:]
    laterBytes = 0
    _ = budget.change(&counted, to: 0)
  }

  // MARK: What is read

  /// Takes what closes the browser's connection.
  func began(_ cut: @escaping @LoopActor () -> Void) {
    self.cut = cut
    if isCut { cut() }
  }

  /// All that waits, as soon as something does; nil at the end.
  ///
  /// - Throws: when the browser does not keep up, or is gone.
  func next() async throws(CancellationError) -> [UInt8]? {
    while true {
      if isCut || Task.isCancelled { throw CancellationError() }
      if !pending.isEmpty {
        let piece = pending
        pending = []
        count()
        return piece
      }
      if isEnding { return nil }
      await withTaskCancellationHandler {
        await withCheckedContinuation { waiter = $0 }
      } onCancel: {
        Loop.shared.enqueue { self.wake() }
      }
    }
  }

  private func wake() {
    waiter?.resume()
    waiter = nil
  }
}
