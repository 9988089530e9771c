import ProtoDescriptors

/// Writes the handlers of a record's standard methods, which are recognised by their shape: the name,
/// and the fields of request and response.
struct MethodsGenerator {
  private let record: String
  private let message: MessageDescriptor
  /// `scoringRule` and `scoringRules`.
  private let property: String
  private let methods: [(verb: String, method: MethodDescriptor)]
  private let types: TypeIndex

  init(
    _ message: MessageDescriptor,
    _ services: [ServiceDescriptor],
    _ types: TypeIndex
  ) throws(GenerationError) {
    self.message = message
    self.types = types
    record = try types.type(message.fullName).name
    property = SwiftNames.methodName(message.name)
    var methods: [(verb: String, method: MethodDescriptor)] = []
    for method in services.flatMap(\.methods) {
      if let verb = Self.verb(of: method, message, types) { methods.append((verb, method)) }
    }
    self.methods = methods
  }

  /// The standard verb that a method is for the record; nil for a method of the service's own.
  private static func verb(
    of method: MethodDescriptor,
    _ message: MessageDescriptor,
    _ types: TypeIndex
  ) -> String? {
    let request = Set(types.fieldNames(of: method.input))
    let response = Set(types.fieldNames(of: method.output))
    let record = ProtoNames.snakeCase(message.name)
    let page: Set = [
      "page_size", "page_token", "from_end", "filter", "query", "order_by", "fields",
    ]
    let isRecord = method.output == message.fullName
    switch method.name {
    case "Get\(message.name)": return isRecord && request == ["id"] ? "get" : nil
    case "List\(ProtoNames.plural(message.name))":
      let answers: Set = [
        ProtoNames.plural(record), "next_page_token", "previous_page_token", "total_size",
        "more_than_total_size", "gaps",
      ]
      return request.isSubset(of: page) && response.isSubset(of: answers) ? "list" : nil
    case "Create\(message.name)":
      return isRecord && request == [record, "request_id"] ? "create" : nil
    case "Update\(message.name)":
      return isRecord && request == [record, "update_mask", "request_id"] ? "update" : nil
    case "Delete\(message.name)":
      let isEmpty = method.output == "google.protobuf.Empty"
      return isEmpty && request == ["id", "etag", "request_id"] ? "delete" : nil
    case "Undelete\(message.name)":
      return isRecord && request == ["id", "request_id"] ? "undelete" : nil
    case "Archive\(message.name)", "Unarchive\(message.name)":
      let isArchiving = isRecord && request == ["id", "etag", "request_id"]
      guard isArchiving && message.field("archived") != nil else { return nil }
      return method.name.hasPrefix("Un") ? "unarchive" : "archive"
    default: return sharedVerb(of: method, message, request)
    }
  }

  /// Whether a method gets or lists a record in the standard way, which may answer without making a
  /// message of it.
  static func isStandardRead(_ method: MethodDescriptor, _ types: TypeIndex) -> Bool {
    types.records.contains { record in
      let verb = verb(of: method, record, types)
      return verb == "get" || verb == "list"
    }
  }

  /// The same for methods whose messages all kinds of records share.
  private static func sharedVerb(
    of method: MethodDescriptor,
    _ message: MessageDescriptor,
    _ request: Set<String>
  ) -> String? {
    let record = ProtoNames.snakeCase(message.name)
    let many = ProtoNames.plural(message.name)
    func has(_ input: String, _ output: String) -> Bool {
      let shared = "leadmesh.records.v1."
      return method.output == shared + output && (input.isEmpty || method.input == shared + input)
    }
    switch method.name {
    case "List\(message.name)History":
      return has("ListHistoryRequest", "ListHistoryResponse") ? "history" : nil
    case "Aggregate\(many)": return has("AggregateRequest", "AggregateResponse") ? "aggregate" : nil
    case "Export\(many)": return has("ExportRequest", "ExportResponse") ? "export" : nil
    case "BatchDelete\(many)": return has("BatchDeleteRequest", "Operation") ? "batchDelete" : nil
    case "BatchUpdate\(many)":
      let asked: Set = ["ids", "filter", record, "update_mask", "request_id"]
      return has("", "Operation") && request == asked ? "batchUpdate" : nil
    default: return nil
    }
  }

  var isEmpty: Bool { methods.isEmpty }

  func generate(into source: inout SourceText) throws(GenerationError) {
    let records = ProtoNames.plural(property)
    source.line(
      "/// The standard methods of a \(ProtoNames.words(message.name)): a service that has"
    )
    source.line("/// `\(records)` has them; one that it writes itself comes before the one here.")
    source.block("protocol \(message.name)Methods: Sendable") { source in
      source.line("var \(records): MeshRecords.Records<\(record)> { get }")
    }
    source.line()
    try source.block("extension \(message.name)Methods") { source throws(GenerationError) in
      for (verb, method) in methods {
        let name = SwiftNames.methodName(method.name)
        source.line("@MeshLoop.LoopActor")
        source.line("func \(name)(")
        source.line("  _ request: \(try types.type(method.input).name), _ call: MeshRPC.Call")
        let output = try types.type(method.output).name
        let isRead = verb == "get" || verb == "list"
        let answer = isRead ? "MeshProto.Encoded<\(output)>" : output
        try source.block(") async throws -> \(answer)") { source throws(GenerationError) in
          try body(verb, method, output, records, &source)
        }
      }
    }
  }

  private func body(
    _ verb: String,
    _ method: MethodDescriptor,
    _ output: String,
    _ records: String,
    _ source: inout SourceText
  ) throws(GenerationError) {
    let field = ProtoNames.snakeCase(message.name)
    let value = "request.\(SwiftNames.property(field))"
    let call = "request, key: request.requestId, call"
    switch verb {
    case "get": source.line("try await \(records).reply(with: request.id, call)")
    case "create":
      source.line("try await \(records).create(\(value), named: \"\(field)\", \(call))")
    case "update":
      source.line("try await \(records).update(")
      source.line(
        "  \(value), named: \"\(field)\", mask: request.updateMask?.paths ?? [], \(call))"
      )
    case "delete":
      source.line("try await \(records).delete(request.id, etag: request.etag, \(call))")
    case "archive", "unarchive":
      source.line("try await \(records).archive(")
      source.line("  request.id, \(verb == "archive"), etag: request.etag, \(call))")
    case "undelete": source.line("try await \(records).undelete(request.id, \(call))")
    case "history", "aggregate", "export", "batchDelete":
      source.line("try await \(records).\(verb)(request, call)")
    case "batchUpdate":
      source.line("try await \(records).batchUpdate(")
      source.line(
        "  \(value), named: \"\(field)\", mask: request.updateMask?.paths ?? [], ids: request.ids,"
      )
      source.line("  filter: request.filter, \(call))")
    default: try list(method, output, records, &source)
    }
  }

  private func list(
    _ method: MethodDescriptor,
    _ output: String,
    _ records: String,
    _ source: inout SourceText
  ) throws(GenerationError) {
    let asked = types.fieldNames(of: method.input)
    let given = types.fieldNames(of: method.output)
    guard let number = types.number(of: message.fullName, in: method.output) else {
      throw GenerationError("\(method.output) has no list of \(message.fullName)")
    }
    source.line("let page = try await \(records).encodedPage(")
    if asked.contains("filter") { source.line("  filter: request.filter,") }
    if asked.contains("query") { source.line("  words: request.query,") }
    if asked.contains("order_by") { source.line("  order: request.orderBy,") }
    if asked.contains("fields") { source.line("  fields: request.fields?.paths ?? [],") }
    let end = asked.contains("from_end") ? "fromEnd: request.fromEnd, " : ""
    source.line("  size: request.pageSize, token: request.pageToken, \(end)field: \(number), call)")
    source.line("var response = \(output)()")
    source.line("response.nextPageToken = page.nextPageToken")
    if given.contains("previous_page_token") {
      source.line("response.previousPageToken = page.previousPageToken")
    }
    if given.contains("total_size") { source.line("response.totalSize = page.totalSize") }
    if given.contains("more_than_total_size") {
      source.line("response.moreThanTotalSize = page.moreThanTotalSize")
    }
    if given.contains("gaps") { source.line("response.gaps = page.gaps") }
    source.line("return MeshProto.Encoded(page.records, response.wireBytes())")
  }
}
