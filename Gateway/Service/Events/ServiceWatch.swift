import MeshAPI
import MeshCore
import MeshLoop
import MeshService

/// The one watch of a service's changes, for all viewers: it waits for news, passes it on and asks again.
///
/// A stream that joins gets what happened since its own place by a watch of its own, up to the place from
/// which the common one has its viewer; until then later events wait. A service that is down is asked
/// again until it is back, from the same place.
@LoopActor
final class ServiceWatch {
  private static let wait = Duration.seconds(20)
  /// What a call may take beyond its wait.
  private static let patience = Duration.seconds(10)
  /// How long streams that join are gathered before the service is asked anew.
  private static let renewalDelay = Duration.milliseconds(3)
  /// The shortest time from one call to the next: what happens faster comes together.
  private static let pace = Duration.milliseconds(5)
  /// Streams that catch up at once.
  private static let mostCatchingUp = 8

  /// A stream that is not in the common watch yet; without a place it begins where that does.
  private struct Joining {
    let stream: EventStream
    var start: String?
  }

  /// A stream that misses what lies between two places.
  private struct Gap {
    let stream: EventStream
    let start: String
    let end: String
  }

  private let service: String
  private let hub: EventHub
  /// The place up to which everything was passed on; nil while it is not known.
  private(set) var place: String?
  private var task: Task<Void, Never>?
  private var call: Task<Result<WatchResponse, MeshError>, Never>?
  /// The viewers of the call under way.
  private var asked: Set<Viewer> = []
  private var joining: [Joining] = []
  private var renewal: TimerToken?
  private var nextCall = Deadline.now
  /// Whether the call under way was given up to ask anew.
  private var isRenewed = false
  /// Whether what happened between two logs is not known.
  private var isLost = false
  private var gaps: [Gap] = []
  private var catchingUp = 0

  init(_ service: String, _ hub: EventHub) {
    self.service = service
    self.hub = hub
  }

  /// Takes a stream in.
  ///
  /// - Parameters:
  ///   - stream: the stream, which has nothing of this service yet.
  ///   - start: the place that it knows; nil for a stream that begins now.
  func join(_ stream: EventStream, after start: String?) {
    if let place, call != nil, asked.contains(stream.viewer) {
      return admit(stream, from: start ?? place, at: place)
    }
    joining.append(Joining(stream: stream, start: start ?? place))
    if task == nil {
      task = Task.immediate { @LoopActor in await self.run() }
    } else if renewal == nil {
      renewal = Loop.shared.schedule(after: Self.renewalDelay) { self.renew() }
    }
  }

  /// Ends the watch when nobody is left.
  func stop() { giveUp() }

  private func renew() {
    renewal = nil
    if !joining.isEmpty { giveUp() }
  }

  private func giveUp() {
    isRenewed = true
    call?.cancel()
  }

  // MARK: The common watch

  private func run() async {
    var failures = 0
    while hub.streamCount > 0 {
      switch await step() {
      case nil: failures = 0
      case .some(let error) where error.code == .cancelled && isRenewed: break
      case .some(let error) where error.reason == .foreignCursor && place != nil:
        place = nil
        isLost = true
      case .some:
        failures += 1
        try? await sleep(for: min(.milliseconds(25 << min(failures, 6)), .seconds(1)))
      }
    }
    // What happens while nobody watches is not looked at: whoever comes next begins at the end.
    place = nil
    isLost = false
    joining = []
    hub.placeChanged()
    task = nil
  }

  /// Asks once.
  ///
  /// - Returns: why it got no answer.
  private func step() async -> MeshError? {
    guard let place else {
      return await ask(WatchRequest(), within: Self.patience) { self.begin(at: $0.cursor) }
    }
    if !nextCall.hasPassed { try? await sleep(for: nextCall.remaining) }
    nextCall = Deadline(after: Self.pace)
    admitJoining(at: place)
    let roster = hub.roster
    asked = roster.known
    let request = WatchRequest(
      cursor: place,
      waitMilliseconds: Int32(Self.wait.milliseconds),
      watchers: roster.groups
    )
    return await ask(request, within: Self.wait + Self.patience) { response in
      self.place = response.cursor
      self.hub.placeChanged()
      self.hub.distribute(response, of: self.service, to: roster.viewers)
    }
  }

  private func ask(
    _ request: WatchRequest,
    within time: Duration,
    _ answered: @LoopActor (WatchResponse) -> Void
  ) async -> MeshError? {
    let (watch, service) = (hub.watch, service)
    let call: Task<Result<WatchResponse, MeshError>, Never> = Task.immediate { @LoopActor in
      do throws(MeshError) {
        return .success(try await watch(service, request, time))
      } catch {
        return .failure(error)
      }
    }
    self.call = call
    isRenewed = false
    let result = await call.value
    self.call = nil
    switch result {
    case .success(let response):
      answered(response)
      return nil
    case .failure(let error): return error
    }
  }

  /// Takes the end of the log as the place to begin at.
  private func begin(at end: String) {
    place = end
    hub.placeChanged()
    if isLost { hub.lose(of: service) }
    isLost = false
    for index in joining.indices where joining[index].start == nil {
      joining[index].start = end
      let stream = joining[index].stream
      guard stream.hasBegun else { continue }
      // The browser has read what it shows already, and what came since is not known.
      stream.write(EventText.reset)
      stream.endBatch(id: nil)
    }
  }

  private func admitJoining(at place: String) {
    let joined = joining
    joining = []
    for entry in joined { admit(entry.stream, from: entry.start ?? place, at: place) }
  }

  /// Has a stream's viewer in the common watch from `place` on.
  private func admit(_ stream: EventStream, from start: String, at place: String) {
    if start == place { return makeCurrent(stream) }
    gaps.append(Gap(stream: stream, start: start, end: place))
    guard catchingUp < Self.mostCatchingUp else { return }
    catchingUp += 1
    Task.immediate { @LoopActor in await self.catchUp() }
  }

  // MARK: Catching up

  private func catchUp() async {
    while !gaps.isEmpty { await close(gaps.removeFirst()) }
    catchingUp -= 1
  }

  private func close(_ gap: Gap) async {
    let (stream, viewer) = (gap.stream, gap.stream.viewer)
    let group = TenantWatchers(
      tenantId: viewer.tenant.description,
      memberIds: [viewer.member.description]
    )
    var (cursor, failures, bytes) = (gap.start, 0, 0)
    while cursor != gap.end, !stream.isOver {
      do throws(MeshError) {
        let request = WatchRequest(cursor: cursor, until: gap.end, watchers: [group])
        let response = try await hub.watch(service, request, Self.patience)
        cursor = response.cursor
        failures = 0
        let blocks =
          response.changes.map(EventText.change) + response.many.map { EventText.many($0.object) }
        bytes += blocks.reduce(0) { $0 + $1.count }
        guard response.lost.isEmpty, bytes <= stream.mostCatchUpBytes else {
          stream.write(EventText.reset)
          break
        }
        for block in blocks { stream.write(block) }
        stream.endBatch(id: nil)
      } catch {
        if error.reason == .foreignCursor || error.code == .invalidArgument {
          stream.write(EventText.reset)
          break
        }
        failures += 1
        try? await sleep(for: min(.milliseconds(25 << min(failures, 6)), .seconds(1)))
      }
    }
    makeCurrent(stream)
  }

  private func makeCurrent(_ stream: EventStream) {
    stream.becomeCurrent(service)
    stream.endBatch(id: hub.id)
  }
}
