import MeshAPI
import MeshCore
import MeshHTTP
import MeshLoop

/// A place that the logs of all services have reached.
struct EventPlace: Sendable {
  /// Tells places of one gateway apart from those of another, whose numbers mean nothing here.
  let origin: String
  /// Later places have greater numbers.
  let number: Int
  /// As browsers send it back.
  let id: String

  /// In a header: `k2f9-17 <id>`.
  var text: String { "\(origin)-\(number) \(id)" }
}

/// Numbers places in the order in which they become known.
struct EventPlaces {
  /// How long a place can be given out again while nobody reads events: an earlier place is correct too, and
  /// only repeats a few events.
  private static let validity = Duration.seconds(1)

  private let origin = String(UInt32.random(in: .min ... .max), radix: 36)
  private var number = 0
  private var last = ""
  /// What was asked for while nobody reads events; nil where a service did not tell.
  private var asked: (place: EventPlace?, until: Deadline)?

  mutating func place(_ id: String) -> EventPlace {
    if id != last { number += 1 }
    last = id
    return EventPlace(origin: origin, number: number, id: id)
  }

  mutating func keep(_ id: String?) -> EventPlace? {
    let known = id.map { place($0) }
    asked = (known, Deadline(after: Self.validity))
    return known
  }

  /// What was asked for a moment ago; nil where it is to be asked for again.
  var kept: EventPlace?? {
    guard let asked, !asked.until.hasPassed else { return nil }
    return .some(asked.place)
  }
}

extension EventHub {
  /// A request that has this header is answered with the place at which it came.
  nonisolated static let placeHeader = "x-events-place"
  /// How long a request waits for it.
  private static let patience = Duration.milliseconds(200)

  /// The place that the logs have reached at this moment or had a moment ago: whoever reads afterwards and
  /// then hears all events since then misses nothing.
  ///
  /// - Returns: nil when a service does not tell in a moment.
  func placeNow() async -> EventPlace? {
    if let id { return placeNumbers.place(id) }
    if let kept = placeNumbers.kept { return kept }
    if let asking { return await asking.value }
    let task: Task<EventPlace?, Never> = Task.immediate { @LoopActor in
      let ends = await self.ends()
      self.asking = nil
      return self.placeNumbers.keep(ends)
    }
    // It may have ended at once.
    if placeNumbers.kept == nil { asking = task }
    return await task.value
  }

  /// The ends of all services' logs, as browsers keep them.
  private func ends() async -> String? {
    let calls = services.map { service in
      Task.immediate { @LoopActor [watch] () -> String? in
        try? await watch(service, WatchRequest(), Self.patience).cursor
      }
    }
    var ends: [String] = []
    for call in calls {
      guard let end = await call.value else { return nil }
      ends.append(end)
    }
    return ends.joined(separator: ".")
  }
}
