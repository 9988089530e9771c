import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC

extension Command {
  static let changesList = Command(
    name: "changes list",
    arguments: "[SERVICE]",
    summary: "Dead letters: changes of other services that a service could not apply, and why."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let service = arguments.words.isEmpty ? nil : try ServiceList.take(&arguments)
    try arguments.finish()
    var found: [(service: String, letter: DeadLetter)] = []
    for name in service.map({ [$0] }) ?? ServiceList.names {
      for letter in try await DeadLetterService(name, folder).all() { found.append((name, letter)) }
    }
    try Terminal.print(isJSON ? found.json : found.text)
  }

  static let changesRetry = Command(
    name: "changes retry",
    arguments: "SERVICE [NUMBER ...]",
    summary: "Tries to apply changes again: all of a service's, or those with these numbers."
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let folder = try MeshFolder(&arguments)
    let service = DeadLetterService(try ServiceList.take(&arguments), folder)
    var numbers = try ServiceList.numbers(&arguments)
    try arguments.finish()
    if numbers.isEmpty { numbers = try await service.all().map(\.number) }
    let (applied, failed) = try await service.retry(numbers)
    try ServiceList.print(["applied": applied, "failed": failed], isJSON: isJSON)
    if failed > 0 {
      throw .failed("\(failed) changes cannot be applied; see leadmesh changes list")
    }
  }

  static let changesDiscard = Command(
    name: "changes discard",
    arguments: "SERVICE NUMBER ...",
    summary: "Gives changes up for good.",
    hasJSON: false
  ) { arguments throws(CommandError) in
    let folder = try MeshFolder(&arguments)
    let service = DeadLetterService(try ServiceList.take(&arguments), folder)
    let numbers = try ServiceList.numbers(&arguments)
    try arguments.finish()
    guard !numbers.isEmpty else { throw .usage("the numbers of the changes are needed") }
    let discarded = try await service.discard(numbers)
    try Terminal.print("\(discarded) discarded")
    let missing = Set(numbers).count - discarded
    if missing > 0 {
      throw .failed("\(missing) of the numbers are not on the list; see leadmesh changes list")
    }
  }
}

/// One service's list of changes that it could not apply.
@LoopActor
struct DeadLetterService {
  private let client: DeadLettersClient
  private let mesh: Mesh

  init(_ name: String, _ folder: MeshFolder) {
    mesh = Mesh(folder)
    client = DeadLettersClient(folder.channel(to: name))
  }

  /// How many changes are on the list; nil when the service does not say.
  func count() async -> Int? {
    let request = ListDeadLettersRequest(pageSize: 1)
    return try? await Int(
      client.listDeadLetters(request, mesh.options(within: .seconds(2))).totalSize
    )
  }

  /// The whole list.
  func all() async throws(CommandError) -> [DeadLetter] {
    var letters: [DeadLetter] = []
    var request = ListDeadLettersRequest(pageSize: Int32(ServiceList.mostNumbers))
    repeat {
      let page = try await mesh.ask { () async throws(MeshError) in
        try await client.listDeadLetters(request, mesh.options())
      }
      letters += page.letters
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return letters
  }

  func retry(_ numbers: [Int64]) async throws(CommandError) -> (applied: Int, failed: Int) {
    var (applied, failed) = (0, 0)
    for part in ServiceList.parts(numbers) {
      let answer = try await mesh.ask { () async throws(MeshError) in
        try await client.retryDeadLetters(RetryDeadLettersRequest(numbers: part), mesh.options())
      }
      applied += Int(answer.applied)
      failed += Int(answer.failed)
    }
    return (applied, failed)
  }

  func discard(_ numbers: [Int64]) async throws(CommandError) -> Int {
    var discarded = 0
    for part in ServiceList.parts(numbers) {
      let answer = try await mesh.ask { () async throws(MeshError) in
        try await client.dropDeadLetters(DropDeadLettersRequest(numbers: part), mesh.options())
      }
      discarded += Int(answer.dropped)
    }
    return discarded
  }
}

extension [(service: String, letter: DeadLetter)] {
  fileprivate var text: String {
    if isEmpty { return "no dead letters" }
    let rows = map { service, letter in
      [
        service, String(letter.number), letter.feed, letter.action, letter.id,
        String(letter.attempts), letter.time?.rfc3339 ?? "-", letter.error,
      ]
    }
    return TextTable(
      heading: [
        "service", "number", "feed", "action", "record", "attempts", "last tried", "error",
      ],
      rows: rows
    ).text
  }

  fileprivate var json: String {
    var json = JSONWriter()
    json.beginArray()
    for (service, letter) in self {
      json.beginObject()
      let texts: KeyValuePairs = [
        "service": service, "feed": letter.feed, "tenant_id": letter.tenantId,
        "object": letter.object, "id": letter.id, "action": letter.action, "error": letter.error,
        "time": letter.time?.rfc3339 ?? "",
      ]
      for (name, text) in texts {
        json.key(name)
        json.string(text)
      }
      json.key("number")
      json.integer(letter.number)
      json.key("attempts")
      json.integer(letter.attempts)
      json.endObject()
    }
    json.endArray()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
