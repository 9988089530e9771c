import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC

extension Command {
  static let commandsList = Command(
    name: "commands list",
    arguments: "[SERVICE]",
    summary: "Work across services that is under way, was undone or has failed, and why."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let service = arguments.words.isEmpty ? nil : try ServiceList.take(&arguments)
    try arguments.finish()
    var found: [String: ListCommandsResponse] = [:]
    let names = service.map { [$0] } ?? ServiceList.names
    for name in names { found[name] = try await DurableCommands(name, folder).all() }
    if isJSON {
      try Terminal.print(found.json(of: names))
    } else {
      try Terminal.print(found.table(of: names, at: Clock.system.now) ?? "no commands")
    }
  }

  static let commandsRetry = Command(
    name: "commands retry",
    arguments: "SERVICE NUMBER ...",
    summary: "Carries commands on at once, also those that have failed."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let (service, numbers) = try DurableCommands.named(&arguments)
    let (done, failed) = try await service.retry(numbers)
    try ServiceList.print(["done": done, "failed": failed], isJSON: isJSON)
    if failed > 0 { throw .failed("\(failed) are not done; see leadmesh commands list") }
  }

  static let commandsDiscard = Command(
    name: "commands discard",
    arguments: "SERVICE NUMBER ...",
    summary: "Takes commands off the list that were undone or have failed, after undoing those."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let (service, numbers) = try DurableCommands.named(&arguments)
    let (discarded, failed) = try await service.discard(numbers)
    try ServiceList.print(["discarded": discarded, "failed": failed], isJSON: isJSON)
    if failed > 0 {
      throw .failed("\(failed) are under way or cannot be undone; see leadmesh commands list")
    }
  }
}

/// One service's durable commands, which are work across services, as the operator sees and handles them.
///
/// `Command` is a command of this command line.
@LoopActor
struct DurableCommands {
  private let client: CommandsClient
  private let mesh: Mesh

  init(_ name: String, _ folder: MeshFolder) {
    mesh = Mesh(folder)
    client = CommandsClient(folder.channel(to: name))
  }

  /// The service and the numbers that the rest of a command line names.
  static func named(
    _ arguments: inout Arguments
  ) throws(CommandError) -> (service: DurableCommands, numbers: [Int64]) {
    let folder = try MeshFolder(&arguments)
    let service = DurableCommands(try ServiceList.take(&arguments), folder)
    let numbers = try ServiceList.numbers(&arguments)
    try arguments.finish()
    guard !numbers.isEmpty else { throw .usage("the numbers of the commands are needed") }
    return (service, numbers)
  }

  /// The first hundred; nil when the service does not say.
  func first() async -> ListCommandsResponse? {
    try? await client.listCommands(ListCommandsRequest(), mesh.options(within: .seconds(2)))
  }

  /// The whole list.
  func all() async throws(CommandError) -> ListCommandsResponse {
    var all = ListCommandsResponse()
    var request = ListCommandsRequest(pageSize: Int32(ServiceList.mostNumbers))
    repeat {
      let page = try await mesh.ask { () async throws(MeshError) in
        try await client.listCommands(request, mesh.options())
      }
      all.commands += page.commands
      all.totalSize = page.totalSize
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }

  func retry(_ numbers: [Int64]) async throws(CommandError) -> (done: Int, failed: Int) {
    var (done, failed) = (0, 0)
    for part in ServiceList.parts(numbers) {
      let answer = try await mesh.ask { () async throws(MeshError) in
        try await client.retryCommands(RetryCommandsRequest(numbers: part), mesh.options())
      }
      done += Int(answer.done)
      failed += Int(answer.failed)
    }
    return (done, failed)
  }

  func discard(_ numbers: [Int64]) async throws(CommandError) -> (discarded: Int, failed: Int) {
    var (discarded, failed) = (0, 0)
    for part in ServiceList.parts(numbers) {
      let answer = try await mesh.ask { () async throws(MeshError) in
        try await client.dropCommands(DropCommandsRequest(numbers: part), mesh.options())
      }
      discarded += Int(answer.dropped)
      failed += Int(answer.failed)
    }
    return (discarded, failed)
  }
}

// Durable commands as they are listed, by the service that they are of.
extension [String: ListCommandsResponse] {
  /// The table of those of some services, in that order; nil when there are none.
  func table(of services: [String], at now: Timestamp) -> String? {
    let rows = services.flatMap { name in
      (self[name]?.commands ?? []).map { [name] + $0.cells(at: now) }
    }
    if rows.isEmpty { return nil }
    let table = TextTable(
      heading: [
        "service", "number", "command", "tenant", "about", "state", "age", "next step", "attempts",
        "error",
      ],
      rows: rows
    ).text
    let total = services.map { Int(self[$0]?.totalSize ?? 0) }.reduce(0, +)
    guard total > rows.count else { return table }
    return "\(table)\n\(total - rows.count) more: see leadmesh commands list"
  }

  /// An array of those of some services, in that order.
  func json(of services: [String]) -> JSONWriter {
    var json = JSONWriter()
    json.beginArray()
    for name in services {
      for command in self[name]?.commands ?? [] { command.write(to: &json, of: name) }
    }
    json.endArray()
    return json
  }
}

extension DurableCommand {
  fileprivate func cells(at now: Timestamp) -> [String] {
    [
      String(number), kind, tenantId, subjectId.isEmpty ? "-" : subjectId, stateName,
      createTime.map { (now - $0).age } ?? "-", step, String(attempts), error.isEmpty ? "-" : error,
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
    json.key("number")
    json.integer(number)
    let texts: KeyValuePairs = [
      "kind": kind, "tenant_id": tenantId, "subject_id": subjectId, "actor": actor,
      "state": stateName, "step": step, "error": error,
    ]
    for (name, text) in texts {
      json.key(name)
      json.string(text)
    }
    json.key("attempts")
    json.integer(attempts)
    for (name, time) in ["create_time": createTime, "next_time": nextTime]
      as KeyValuePairs<String, Timestamp?>
    {
      json.key(name)
      if let time { json.timestamp(time) } else { json.null() }
    }
    json.endObject()
  }

  private var stateName: String {
    switch state {
    case .running: "running"
    case .undoing: "undoing"
    case .done: "done"
    case .undone: "undone"
    case .failed: "failed"
    default: "-"
    }
  }
}
