import MeshCore
import MeshLoop

extension Command {
  static let status = Command(
    name: "status",
    arguments: "",
    summary: "Shows which services run and are ready; exit code 1 unless all are."
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

  @LoopActor
  init(of folder: MeshFolder) async {
    var services: [(String, ServiceProbe.Finding)] = []
    var deadLetters: [String: Int] = [:]
    for service in MeshFolder.services {
      let processes = folder.processes(of: service)
      let finding = await ServiceProbe.find(folder.socket(of: service))
      services.append((service, finding))
      for other in processes.dropFirst() {
        services.append((other, await ServiceProbe.find(folder.socket(of: other))))
      }
      if finding != .down, DeadLetterService.names.contains(service) {
        deadLetters[service] = await DeadLetterService(service, folder).count()
      }
    }
    let gatewayRuns = services.last.map { $0.1 != .down } ?? false
    self.init(
      folder: folder.path,
      supervisor: FolderLock.holder(of: folder),
      services: services,
      address: gatewayRuns ? folder.listenAddress : nil,
      deadLetters: deadLetters
    )
  }

  init(
    folder: String,
    supervisor: Int32?,
    services: [(name: String, finding: ServiceProbe.Finding)],
    address: String?,
    deadLetters: [String: Int] = [:]
  ) {
    self.folder = folder
    self.supervisor = supervisor
    self.services = services
    self.address = address
    self.deadLetters = deadLetters
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
      json.key("pid")
      json.optional(finding.pid)
      json.key("dead_letters")
      json.optional(deadLetters[name].map { Int32(clamping: $0) })
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
    let runner = supervisor.map { "run by process \($0)" } ?? "not run by leadmesh up"
    let gateway = address.map { "http://\($0)" } ?? "not listening"
    return "\(folder): \(runner)\ngateway: \(gateway)\n\n\(table)"
  }
}

extension JSONWriter {
  fileprivate mutating func optional(_ number: Int32?) {
    if let number { integer(number) } else { null() }
  }
}
