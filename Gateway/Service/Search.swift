import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import ProtoDescriptors

/// A list that finds records by words: how it is asked, and where its response says what records are
/// called.
struct SearchableList: Sendable {
  /// The most records of a kind in one search.
  static let mostRecords = 5

  /// As permissions name the records, such as `lead`.
  let object: String
  let service: String
  let endpoint: Endpoint

  // Numbers of fields: of the request, of the response, of a record.
  private let words: Int
  private let size: Int
  private let records: Int
  private let nextToken: Int
  private let id: Int
  private let title: [Int]
  private let subtitle: [Int]
  private let subtitleNames: [String]

  /// Nil for a list that takes no words, and for records without a name.
  init?(
    _ object: String,
    of service: String,
    _ resource: ResourceTraits,
    _ record: MessageDescriptor,
    _ endpoint: Endpoint,
    _ schema: Schema
  ) {
    let (request, response) = (schema.messages[endpoint.input], schema.messages[endpoint.output])
    func number(_ name: String, _ message: MessageShape) -> Int? {
      message.index(named: Array(name.utf8)[...]).map { message.fields[$0].number }
    }
    func texts(_ names: [String]) -> [Int] {
      names.compactMap { name in
        record.fields.first { $0.name == name && $0.kind == .string && !$0.isRepeated }?.number
      }
    }
    let answer = response.fields.first { field in
      guard case .message(let inner) = field.kind, field.shape == .repeated else { return false }
      return schema.messages[inner].name == record.fullName
    }
    guard let words = number("query", request), let size = number("page_size", request),
      let nextToken = number("next_page_token", response), let list = answer,
      let id = texts(["id"]).first
    else { return nil }
    let title = texts(resource.title)
    if title.isEmpty { return nil }
    (self.object, self.service, self.endpoint) = (object, service, endpoint)
    (self.words, self.size, records, self.nextToken) = (words, size, list.number, nextToken)
    (self.id, self.title, subtitle) = (id, title, texts(resource.subtitle))
    subtitleNames = resource.subtitle
  }

  /// Asks for the first records that have these words.
  func request(_ text: String) -> [UInt8] {
    var output = WireOutput()
    output.tag(words, .delimited)
    output.delimited(text.utf8)
    output.tag(size, .varint)
    output.varint(UInt64(Self.mostRecords))
    return output.bytes
  }

  /// What a response of the list says.
  func group(_ response: [UInt8]) throws(WireError) -> FoundGroup {
    var group = FoundGroup(object: object, subtitleFields: subtitleNames)
    var scanner = WireScanner(response)
    while let (number, type) = try scanner.tag() {
      switch (number, type) {
      case (records, .delimited):
        let outer = try scanner.enter()
        group.records.append(try record(&scanner))
        scanner.leave(to: outer)
      case (nextToken, .delimited): group.more = try !scanner.text().isEmpty
      default: try scanner.skip(type)
      }
    }
    return group
  }

  private func record(_ scanner: inout WireScanner) throws(WireError) -> FoundRecord {
    let named = [id] + title + subtitle
    var texts: [Int: String] = [:]
    while let (number, type) = try scanner.tag() {
      if type == .delimited, named.contains(number) {
        texts[number] = try scanner.text()
      } else {
        try scanner.skip(type)
      }
    }
    func joined(_ numbers: [Int]) -> String {
      numbers.compactMap { texts[$0] }.filter { !$0.isEmpty }.joined(separator: " ")
    }
    let (name, more) = (joined(title), joined(subtitle))
    // As where others refer to it: a record without a name goes by what is known, and nothing is said twice.
    let isNamed = !name.isEmpty && name != more
    return FoundRecord(
      id: texts[id] ?? "",
      title: isNamed ? name : more,
      subtitle: isNamed ? more : ""
    )
  }
}

extension Gateway {
  /// Bytes of the words, as of those that a list takes.
  static let mostSearchBytes = 1_000

  /// What all lists that take words find, by kind, and which services did not answer.
  ///
  /// A kind that the caller may not read has no group.
  ///
  /// - Throws: INVALID_ARGUMENT naming `q`; UNAUTHENTICATED when a service says so.
  func search(
    _ words: String,
    _ request: APIRequest,
    _ credential: ChannelCredential
  ) async throws(Problem) -> [UInt8] {
    guard words.utf8.count <= Self.mostSearchBytes else {
      throw Problem(MeshError.invalid("q", "must have at most \(Self.mostSearchBytes) bytes"))
    }
    guard !words.allSatisfy(\.isWhitespace) else {
      throw Problem(MeshError.invalid("q", "must have a word"))
    }
    var options = options(request, credential)
    options.timeout = parts.searchTimeout
    let lists = parts.objects.searchable
    let results = await callAll(
      lists.map { ServiceCall($0.service, $0.endpoint, $0.request(words)) },
      options
    )
    var response = SearchRecordsResponse()
    for (list, result) in zip(lists, results) {
      switch result {
      case .success(let reply):
        guard let group = try? list.group(reply) else { throw Problem(MeshError.internalFailure()) }
        if !group.records.isEmpty { response.groups.append(group) }
      case .failure(let error) where error.code == .permissionDenied: continue
      case .failure(let error) where error.code == .unauthenticated: throw Problem(error)
      case .failure where !response.unavailable.contains(list.service):
        response.unavailable.append(list.service)
      case .failure: continue
      }
    }
    return response.wireBytes()
  }
}
