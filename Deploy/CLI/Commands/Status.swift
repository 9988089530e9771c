import MeshAPI
import MeshCore
import MeshLoop

extension Command {
  static let status = Command(
    name: "status",
    arguments: "",
    summary: "Shows which services run, are ready and keep up; exit code 1 unless all are ready."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    try arguments.finish()
    let status = await MeshStatus(of: folder)
    if isJSON { try Terminal.print(status.json) } else { try Terminal.print(status.text) }
    let waiting = status.services.filter { if case .ready = $0.finding { false } else { true } }
    guard waiting.isEmpty else {
      throw .failed("not ready: \(waiting.map(\.name).joined(separator: ", "))")
    }
  }
}

/// The state of a mesh's services.
struct MeshStatus {
  let folder: String
  /// The process of `up` or `demo`, if one runs the mesh.
  let supervisor: Int32?
  let services: [(name: String, finding: ServiceProbe.Finding)]
  /// The gateway's `host:port`, when it listens.
  let address: String?
  /// Changes that each service could not apply; none for one that does not say.
  let deadLetters: [String: Int]
  /// What each service follows in others' change logs; none for one that does not say.
  let subscriptions: [String: [Subscription]]
  /// Each service's commands that are not done, the oldest first; none for one that does not say.
  let commands: [String: ListCommandsResponse]
  /// Each service's timers that are due or dead, by their names; none for one that does not say.
  let timers: [String: [TimerState]]
  /// When the services were asked.
  let time: Timestamp

  @LoopActor
  init(of folder: MeshFolder) async {
    var services: [(String, ServiceProbe.Finding)] = []
    var deadLetters: [String: Int] = [:]
    var subscriptions: [String: [Subscription]] = [:]
    var commands: [String: ListCommandsResponse] = [:]
    var timers: [String: [TimerState]] = [:]
    let mesh = Mesh(folder)
    for service in MeshFolder.services {
      let processes = folder.processes(of: service)
      let finding = await ServiceProbe.find(folder.socket(of: service))
      services.append((service, finding))
      for other in processes.dropFirst() {
        services.append((other, await ServiceProbe.find(folder.socket(of: other))))
      }
      if services.suffix(processes.count).allSatisfy({ $0.1 == .down }) { continue }
      if ServiceList.names.contains(service) {
        deadLetters[service] = await DeadLetterService(service, folder).count()
        commands[service] = await DurableCommands(service, folder).first()
        timers[service] = await TimerService(service, folder).found()
      }
      subscriptions[service] = try? await SubscriptionsClient(folder.channel(to: service))
        .describeSubscriptions(DescribeSubscriptionsRequest(), mesh.options(within: .seconds(3)))
        .subscriptions
    }
    let gatewayRuns = services.last.map { $0.1 != .down } ?? false
    self.init(
      folder: folder.path,
      supervisor: FolderLock.holder(of: folder),
      services: services,
      address: gatewayRuns ? folder.listenAddress : nil,
      deadLetters: deadLetters,
      subscriptions: subscriptions,
      commands: commands,
      timers: timers,
      time: Clock.system.now
    )
  }

  init(
    folder: String,
    supervisor: Int32?,
    services: [(name: String, finding: ServiceProbe.Finding)],
    address: String?,
    deadLetters: [String: Int] = [:],
    subscriptions: [String: [Subscription]] = [:],
    commands: [String: ListCommandsResponse] = [:],
    timers: [String: [TimerState]] = [:],
    time: Timestamp = Timestamp(microseconds: 0)
  ) {
    self.folder = folder
    self.supervisor = supervisor
    self.services = services
    self.address = address
    self.deadLetters = deadLetters
    self.subscriptions = subscriptions
    self.commands = commands
    self.timers = timers
    self.time = time
  }

  var json: JSONWriter {
    var json = JSONWriter()
    json.beginObject()
    json.key("data")
    json.string(folder)
    json.key("supervisor_pid")
    json.optional(supervisor)
    json.key("services")
    json.beginArray()
    for (name, finding) in services {
      json.beginObject()
      json.key("name")
      json.string(name)
      json.key("state")
      json.string(finding.name)
      json.key("remark")
      json.string(finding.remark)
      json.key("pid")
      json.optional(finding.pid)
      json.key("dead_letters")
      json.optional(deadLetters[name].map { Int32(clamping: $0) })
      json.key("subscriptions")
      json.beginArray()
      for subscription in subscriptions[name] ?? [] { subscription.write(to: &json) }
      json.endArray()
      json.key("commands")
      json.beginArray()
      for command in commands[name]?.commands ?? [] { command.write(to: &json) }
      json.endArray()
      json.key("timers")
      json.beginArray()
      for timer in timers[name] ?? [] { timer.write(to: &json) }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.key("url")
    if let address { json.string("http://\(address)") } else { json.null() }
    json.endObject()
    return json
  }

  var text: String {
    let rows = services.map { name, finding in
      [
        name, finding.name, finding.pid.map(String.init) ?? "-",
        deadLetters[name].map(String.init) ?? "-",
      ]
    }
    let table = TextTable(heading: ["service", "state", "pid", "dead letters"], rows: rows).text
    let remarks = services.filter { !$0.finding.remark.isEmpty }
      .map { "\($0.name): \($0.finding.remark)" }
    let lines = ([table] + remarks).joined(separator: "\n")
    let runner = supervisor.map { "run by process \($0)" } ?? "not run by leadmesh up"
    let gateway = address.map { "http://\($0)" } ?? "not listening"
    var parts = ["\(folder): \(runner)\ngateway: \(gateway)", lines]
    if !subscriptions.isEmpty { parts.append(subscriptionTable) }
    let names = services.map(\.name)
    parts += commands.table(of: names, at: time).map { [$0] } ?? []
    parts += timers.table(of: names, at: time).map { [$0] } ?? []
    return parts.joined(separator: "\n\n")
  }

  private var subscriptionTable: String {
    TextTable(
      heading: ["service", "follows", "as", "changes behind", "since", "dead letters"],
      rows: services.flatMap { name, _ in
        (subscriptions[name] ?? []).map { [name] + $0.cells(at: time) }
      }
    ).text
  }
}

extension JSONWriter {
  mutating func optional(_ number: Int32?) {
    if let number { integer(number) } else { null() }
  }
}
