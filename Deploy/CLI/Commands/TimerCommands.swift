import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC

extension Command {
  static let timersList = Command(
    name: "timers list",
    arguments: "[SERVICE]",
    summary: "What services should have done by now, and what they no longer try, and why."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let service = arguments.words.isEmpty ? nil : try ServiceList.take(&arguments)
    try arguments.finish()
    var found: [String: [TimerState]] = [:]
    let names = service.map { [$0] } ?? ServiceList.names
    for name in names { found[name] = try await TimerService(name, folder).all() }
    if isJSON {
      try Terminal.print(found.json(of: names))
    } else {
      try Terminal.print(found.table(of: names, at: Clock.system.now) ?? "no timers are due")
    }
  }

  static let timersRetry = Command(
    name: "timers retry",
    arguments: "SERVICE [TIMER]",
    summary: "Tries again what is dead: all of a service's, or the timers of a name."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let service = TimerService(try ServiceList.take(&arguments), folder)
    let name = arguments.words.isEmpty ? "" : try arguments.word("TIMER")
    try arguments.finish()
    try ServiceList.print(["retried": try await service.retry(name)], isJSON: isJSON)
  }

  static let timersDiscard = Command(
    name: "timers discard",
    arguments: "SERVICE TIMER",
    summary: "Gives the dead timers of a name up for good."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let service = TimerService(try ServiceList.take(&arguments), folder)
    let name = try arguments.word("TIMER")
    try arguments.finish()
    try ServiceList.print(["discarded": try await service.discard(name)], isJSON: isJSON)
  }
}

/// One service's timers.
@LoopActor
struct TimerService {
  private let client: TimersClient
  private let mesh: Mesh

  init(_ name: String, _ folder: MeshFolder) {
    mesh = Mesh(folder)
    client = TimersClient(folder.channel(to: name))
  }

  /// Nil when the service does not say.
  func found() async -> [TimerState]? {
    let options = mesh.options(within: .seconds(2))
    return try? await client.describeTimers(DescribeTimersRequest(), options).timers
  }

  func all() async throws(CommandError) -> [TimerState] {
    try await mesh.ask { () async throws(MeshError) in
      try await client.describeTimers(DescribeTimersRequest(), mesh.options())
    }.timers
  }

  /// Has dead timers tried again: those of a name, or all where it is empty.
  func retry(_ name: String) async throws(CommandError) -> Int {
    let answer = try await mesh.ask { () async throws(MeshError) in
      try await client.retryTimers(RetryTimersRequest(timer: name), mesh.options())
    }
    return Int(answer.retried)
  }

  func discard(_ name: String) async throws(CommandError) -> Int {
    let answer = try await mesh.ask { () async throws(MeshError) in
      try await client.dropTimers(DropTimersRequest(timer: name), mesh.options())
    }
    return Int(answer.dropped)
  }
}

// Timers as they are listed, by the service that they are of.
extension [String: [TimerState]] {
  /// The table of those of some services, in that order; nil when there are none.
  func table(of services: [String], at now: Timestamp) -> String? {
    let rows = services.flatMap { name in (self[name] ?? []).map { [name] + $0.cells(at: now) } }
    if rows.isEmpty { return nil }
    return TextTable(
      heading: ["service", "timer", "due", "late", "dead", "since", "error"],
      rows: rows
    ).text
  }

  /// An array of those of some services, in that order.
  func json(of services: [String]) -> JSONWriter {
    var json = JSONWriter()
    json.beginArray()
    for name in services {
      for timer in self[name] ?? [] { timer.write(to: &json, of: name) }
    }
    json.endArray()
    return json
  }
}

extension TimerState {
  fileprivate func cells(at now: Timestamp) -> [String] {
    [
      timer, Int(due).grouped, Int(late).grouped, Int(dead).grouped,
      oldestTime.map { (now - $0).age + " ago" } ?? "-", error.isEmpty ? "-" : error,
    ]
  }

  /// - Parameters:
  ///   - json: what it is written to.
  ///   - service: named among its members where the list is of several.
  func write(to json: inout JSONWriter, of service: String? = nil) {
    json.beginObject()
    if let service {
      json.key("service")
      json.string(service)
    }
    json.key("timer")
    json.string(timer)
    for (name, count) in ["due": due, "late": late, "dead": dead] as KeyValuePairs<String, Int64> {
      json.key(name)
      json.integer(count)
    }
    json.key("oldest_time")
    if let oldestTime { json.timestamp(oldestTime) } else { json.null() }
    json.key("error")
    json.string(error)
    json.endObject()
  }
}
