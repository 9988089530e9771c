import MeshAPI
import MeshAccess
import MeshCore
import MeshHTTP
import MeshLoop

/// The event streams of all browsers, fed by one watch of each service.
///
/// The services decide which member may know of which change; the gateway only passes it on.
@LoopActor
final class EventHub {
  /// Asks a service's `LiveChanges.Watch`, with a limit on how long the call may take.
  typealias Watch =
    @LoopActor (_ service: String, WatchRequest, Duration) async throws(MeshError) -> WatchResponse

  struct Limits: Sendable {
    /// Streams at once, in all, of one tenant and of one member.
    var streams = 10_000
    var streamsPerTenant = 2_000
    var streamsPerMember = 16
    /// Bytes that may wait for one browser, and for all together.
    var bytesPerStream = 256 << 10
    var bytes = 64 << 20
    /// How long a new stream waits for services that cannot be reached before it begins without them.
    var patience = Duration.seconds(1)
    /// How often it is looked at what is due to quiet streams.
    var tick = Duration.seconds(5)
    /// How long a stream may be quiet.
    var silence = Duration.seconds(20)
    /// How long a stream without events keeps its place.
    ///
    /// It is the same whatever happens meanwhile: the place is one for all tenants, and would tell when
    /// others write.
    var placeAge = Duration.seconds(60)
    /// How long a change to a team may take to reach every service.
    var settling = Duration.seconds(1)
  }

  /// The viewers, as a request to a service names them.
  struct Roster {
    var viewers: [Viewer] = []
    var groups: [TenantWatchers] = []
    var known: Set<Viewer> = []
  }

  let limits: Limits
  let watch: Watch
  private let verifier: TokenVerifier
  private let teams: any TeamDirectory
  private let clock: Clock
  private let budget: ByteBudget
  let services: [String]
  var placeNumbers = EventPlaces()
  /// Asks the services for their places while nobody reads events.
  var asking: Task<EventPlace?, Never>?
  private var watches: [ServiceWatch] = []
  private var streams: [TenantID: [MemberID: [EventStream]]] = [:]
  private(set) var streamCount = 0
  private var knownRoster: Roster?
  private var knownID: String?
  /// Tenants some of whose callers may have other roles, or no access.
  private var unchecked: Set<TenantID> = []
  private var ticker: TimerToken?
  /// New streams that wait for the services' places.
  private var newcomers: [CheckedContinuation<Void, Never>] = []
  private var isClosed = false

  nonisolated init(
    services: Set<String>,
    limits: Limits = Limits(),
    verifier: TokenVerifier,
    teams: any TeamDirectory = NoTeams(),
    clock: Clock,
    watch: @escaping Watch
  ) {
    self.services = services.sorted()
    self.limits = limits
    self.verifier = verifier
    self.teams = teams
    self.clock = clock
    self.watch = watch
    budget = ByteBudget(limit: limits.bytes)
  }

  /// Bytes that wait for browsers.
  var waitingBytes: Int { budget.used }

  // MARK: Streams

  /// Opens a stream.
  ///
  /// - Parameters:
  ///   - session: the caller's.
  ///   - lastID: the last id that the browser had; nil for a new page.
  /// - Returns: the stream, whose first event says whether nothing is missing since that id.
  /// - Throws: 429 when the member or the tenant has too many streams, 503 when all have.
  func open(_ session: Session, lastID: String?) async throws(Problem) -> EventStream {
    let claims = session.claims
    let viewer = Viewer(tenant: claims.tenant, member: claims.member)
    try requireRoom(viewer)
    let stream = EventStream(
      viewer,
      token: session.token,
      roles: claims.roles,
      membership: teams.membership(of: viewer.member, viewer.tenant),
      services: services,
      limit: limits.bytesPerStream,
      budget: budget
    )
    stream.expiry = Loop.shared.schedule(after: claims.expireTime - clock.now) {
      [weak self, weak stream] in
      stream?.endBatch(id: self?.id)
      stream?.finish()
    }
    add(stream)
    let starts = lastID.flatMap { places(of: $0) }
    for (index, watch) in allWatches.enumerated() { watch.join(stream, after: starts?[index]) }
    if starts == nil { await knowPlaces() }
    stream.begin(EventText.hello(isResumed: starts != nil))
    if lastID != nil, starts == nil { stream.write(EventText.reset) }
    stream.endBatch(id: id)
    return stream
  }

  private func requireRoom(_ viewer: Viewer) throws(Problem) {
    let retry: HTTPHeaders = ["retry-after": "10"]
    guard !isClosed, streamCount < limits.streams else {
      throw Problem(
        503,
        .unavailable,
        .unavailable,
        "too many event streams are open; try again",
        headers: retry
      )
    }
    let ofMember = streams(of: viewer).count
    let ofTenant = streams[viewer.tenant]?.values.reduce(0) { $0 + $1.count } ?? 0
    guard ofMember < limits.streamsPerMember, ofTenant < limits.streamsPerTenant else {
      throw Problem(
        429,
        .resourceExhausted,
        .rateLimited,
        ofMember < limits.streamsPerMember
          ? "the workspace has \(limits.streamsPerTenant) event streams open, which is the most"
          : "you have \(limits.streamsPerMember) event streams open, which is the most",
        headers: retry
      )
    }
  }

  private func add(_ stream: EventStream) {
    streams[stream.viewer.tenant, default: [:]][stream.viewer.member, default: []].append(stream)
    streamCount += 1
    knownRoster = nil
    if ticker == nil { startTicker() }
  }

  /// Forgets a stream that nobody reads any more.
  func close(_ stream: EventStream) {
    stream.ended()
    let viewer = stream.viewer
    let left = streams(of: viewer).filter { $0 !== stream }
    guard left.count < streams(of: viewer).count else { return }
    streams[viewer.tenant]?[viewer.member] = left.isEmpty ? nil : left
    if streams[viewer.tenant]?.isEmpty == true { streams[viewer.tenant] = nil }
    streamCount -= 1
    knownRoster = nil
    guard streamCount == 0 else { return }
    for watch in watches { watch.stop() }
    ticker?.cancel()
    ticker = nil
  }

  /// Ends all streams, and lets no one open another: the process stops.
  func end() {
    isClosed = true
    for stream in allStreams { stream.finish() }
  }

  private func streams(of viewer: Viewer) -> [EventStream] {
    streams[viewer.tenant]?[viewer.member] ?? []
  }

  private var allStreams: [EventStream] { streams.values.flatMap { $0.values.joined() } }

  // MARK: Places

  private var allWatches: [ServiceWatch] {
    if watches.isEmpty { watches = services.map { ServiceWatch($0, self) } }
    return watches
  }

  /// The place of all services' logs, as browsers keep it; nil while one is not known.
  var id: String? {
    if let knownID { return knownID }
    var places: [String] = []
    for watch in allWatches {
      guard let place = watch.place else { return nil }
      places.append(place)
    }
    knownID = places.joined(separator: ".")
    return knownID
  }

  /// The place in each service's log that an id stands for; nil for a text that is none.
  private func places(of id: String) -> [String]? {
    guard id.utf8.count <= 64 * services.count else { return nil }
    let places = id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isPlain = places.allSatisfy { place in
      (1...63).contains(place.utf8.count) && place.utf8.allSatisfy(Self.isPlaceByte)
    }
    return places.count == services.count && isPlain ? places : nil
  }

  private static func isPlaceByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Takes note that a service's place is another.
  func placeChanged() {
    knownID = nil
    if !newcomers.isEmpty, id != nil { letNewcomersBegin() }
  }

  /// Suspends until the place in each log is known, or for as long as a new stream may wait.
  private func knowPlaces() async {
    if id != nil { return }
    let timer = Loop.shared.schedule(after: limits.patience) { self.letNewcomersBegin() }
    await withCheckedContinuation { newcomers.append($0) }
    timer.cancel()
  }

  private func letNewcomersBegin() {
    let waiting = newcomers
    newcomers = []
    for newcomer in waiting { newcomer.resume() }
  }

  // MARK: Events

  /// Who is to be asked for.
  var roster: Roster {
    if let knownRoster { return knownRoster }
    var roster = Roster()
    for (tenant, members) in streams {
      roster.viewers += members.keys.map { Viewer(tenant: tenant, member: $0) }
      let ids = members.keys.map(\.description)
      roster.groups.append(TenantWatchers(tenantId: tenant.description, memberIds: ids))
    }
    roster.known = Set(roster.viewers)
    knownRoster = roster
    return roster
  }

  /// Passes on what a service told.
  func distribute(_ response: WatchResponse, of service: String, to viewers: [Viewer]) {
    var touched: [ObjectIdentifier: EventStream] = [:]
    func give(_ block: [UInt8], _ watchers: [UInt32], of record: String = "") {
      for watcher in watchers where watcher < viewers.count {
        for stream in streams(of: viewers[Int(watcher)]) {
          stream.take(block, of: service)
          if stream.ownRecords.contains(record) { stream.take(EventText.session, of: service) }
          touched[ObjectIdentifier(stream)] = stream
        }
      }
    }
    for change in response.changes {
      give(EventText.change(change), change.watchers, of: change.id)
    }
    for many in response.many { give(EventText.many(many.object), many.watchers) }
    give(EventText.reset, response.lost)
    let id = id
    for stream in touched.values { stream.endBatch(id: id) }
  }

  /// Tells every browser that it may have missed something.
  func lose(of service: String) {
    for stream in allStreams {
      stream.take(EventText.reset, of: service)
      stream.endBatch(id: nil)
    }
  }

  /// Checks a tenant's callers again: a role may have changed, or access may have ended.
  func standingsChanged(in tenant: TenantID) {
    if unchecked.isEmpty { Loop.shared.endOfTick { self.checkAll() } }
    unchecked.insert(tenant)
  }

  private func checkAll() {
    let tenants = unchecked
    unchecked = []
    for tenant in tenants {
      for stream in (streams[tenant] ?? [:]).values.joined() { check(stream) }
    }
  }

  private func check(_ stream: EventStream) {
    do throws(MeshError) {
      let roles = try verifier.claims(of: stream.token).roles
      checkTeams(of: stream)
      if roles == stream.roles { return }
      stream.roles = roles
      stream.write(EventText.session)
      stream.endBatch(id: nil)
    } catch {
      // What is not known yet is no reason to send anyone away.
      if error.code == .unavailable { return }
      stream.write(EventText.session)
      stream.finish()
    }
  }

  /// Has a caller whose teams reach other records than before read again what is shown: at once, and when
  /// every service knows of it, as one may have answered before it did.
  private func checkTeams(of stream: EventStream) {
    let membership = teams.membership(of: stream.viewer.member, stream.viewer.tenant)
    if membership == stream.membership { return }
    stream.membership = membership
    reset(stream)
    Loop.shared.schedule(after: limits.settling) { [weak self, weak stream] in
      if let stream { self?.reset(stream) }
    }
  }

  private func reset(_ stream: EventStream) {
    stream.write(EventText.reset)
    stream.endBatch(id: nil)
  }

  // MARK: Time

  private func startTicker() {
    ticker = Loop.shared.schedule(after: limits.tick) { [weak self] in self?.tick() }
  }

  /// Gives streams that had no event for long the place that they are at, and a sign of life to those that
  /// are silent.
  private func tick() {
    startTicker()
    let id = id
    for stream in allStreams {
      if stream.placeTime.advanced(by: limits.placeAge) <= .now {
        stream.endBatch(id: id)
        stream.keepPlace()
      }
      if stream.lastWrite.advanced(by: limits.silence) <= .now {
        stream.write(EventText.comment)
        stream.endBatch(id: nil)
      }
    }
  }
}
