import MeshCore
import ProtoDescriptors
import MeshHTTP
import MeshProto
import MeshRPC

/// A service's method as one REST endpoint: how its request is built.
struct Endpoint: Sendable {
  enum Body: Sendable {
    case none, whole
    /// One field of the request, a message, by its index.
    case field(Int)
  }

  /// `/<package>.<Service>/<Method>`.
  let rpc: String
  /// Selects the service, for a method that every service has.
  let route: IDRoute?
  /// Set for a method whose responses are one body that is not JSON.
  let download: Download?
  /// When the call may be retried.
  let retry: RetryClass
  let httpMethod: String
  let input: Int
  let output: Int
  let body: Body
  /// Name of the body's field in the request, for the violations a service reports.
  let bodyField: String?
  /// The fields that the path's variables set, in the path's order.
  let variables: [FieldPath]

  /// The field that the `If-Match` header sets.
  let etag: FieldPath?
  /// The field that the `Idempotency-Key` header sets.
  let idempotencyKey: FieldPath?

  /// The listed record's message, and the number of the request's field that names the fields to answer.
  let selectable: (record: MessageShape, number: Int)?

  let schema: Schema
  /// The request's `update_mask`, when the endpoint has one and a resource in its body.
  private let updateMask: FieldPath?

  /// What a client sent besides the body.
  struct Parameters: Sendable {
    /// Decoded values of the path's variables, in the path's order.
    var variables: [String] = []
    var query: [HTTPTarget.Parameter] = []
    /// The `Idempotency-Key` header.
    var idempotencyKey: String?
    /// The entity tag of the `If-Match` header, without quotes.
    var ifMatch: String?
  }

  /// Binds a method to one of its HTTP rules.
  ///
  /// `variables` are the names in the rule's template, in order.
  ///
  /// - Throws: when the rule names fields that the request does not have.
  init(
    _ method: ProtoDescriptors.MethodDescriptor,
    _ rule: HTTPBinding,
    variables: [String],
    schema: Schema
  ) throws(SchemaError) {
    self.schema = schema
    rpc = method.path
    route = try IDRoute(method, schema: schema)
    download = try Download(method, rule, schema: schema)
    retry =
      switch method.access?.retry {
      case .noSideEffects: .noSideEffects
      case .idempotencyKey: .idempotencyKey
      case .never, nil: .never
      }
    httpMethod = rule.verb
    input = try schema.message(named: method.input)
    output = try schema.message(named: method.output)
    let request = schema.messages[input]
    var paths: [FieldPath] = []
    for name in variables {
      guard let path = FieldPath(name, in: request, schema: schema) else {
        throw SchemaError("\(method.path): \(name) in its path must be a field of the request")
      }
      paths.append(path)
    }
    self.variables = paths
    var resource: MessageShape?
    switch rule.body {
    case "": body = .none
    case "*": body = .whole
    default:
      guard let index = request.index(named: Array(rule.body.utf8)[...]),
        case .message(let message) = request.fields[index].kind,
        request.fields[index].shape == .singular
      else {
        throw SchemaError("\(method.path): body \(rule.body) must be a message of the request")
      }
      body = .field(index)
      resource = schema.messages[message]
    }
    bodyField = resource == nil ? nil : rule.body
    let ownTag = FieldPath("etag", in: request, schema: schema)
    let resourceTag =
      resource == nil ? nil : FieldPath("\(rule.body).etag", in: request, schema: schema)
    etag = resourceTag ?? ownTag
    idempotencyKey = FieldPath("request_id", in: request, schema: schema)
    selectable = Self.selectable(request, schema.messages[output], schema)
    updateMask =
      resource == nil ? nil : FieldPath("update_mask", in: request, schema: schema)
  }

  /// The wire bytes of the request.
  ///
  /// - Throws: the client's mistake, with the field's path as the client named it.
  func request(_ parameters: Parameters, body json: [UInt8]) throws(JSONError) -> [UInt8] {
    var assignments: [Assignment] = []
    for (path, value) in zip(variables, parameters.variables) {
      assignments.append(Assignment(path: path, text: value))
    }
    assignments += try queryAssignments(parameters.query)
    if let idempotencyKey, let key = parameters.idempotencyKey {
      assignments.append(Assignment(path: idempotencyKey, text: key))
    }
    if let etag, let tag = parameters.ifMatch {
      assignments.append(Assignment(path: etag, text: tag))
    }
    if let updateMask, httpMethod == "PATCH",
      !assignments.contains(where: { $0.path == updateMask })
    {
      assignments.append(Assignment(path: updateMask, text: try maskOfBody(json)))
    }
    return try encode(assignments, json)
  }

  private func encode(
    _ assignments: [Assignment],
    _ json: [UInt8]
  ) throws(JSONError) -> [UInt8] {
    var output = WireOutput()
    var rest = assignments
    switch body {
    case .none:
      guard json.isEmpty else { throw JSONError(.value, "must be empty") }
    case .whole:
      if !json.isEmpty {
        var reader = JSONToWire(schema: schema, json: json)
        try reader.document(input)
        output = reader.output
      }
    case .field(let index):
      let field = schema.messages[input].fields[index]
      guard case .message(let message) = field.kind else { break }
      output.tag(field.number, .delimited)
      let start = output.beginDelimited()
      var reader = JSONToWire(schema: schema, json: json, output: output)
      try reader.document(message)
      output = reader.output
      try Assignment.write(
        rest.filter { $0.path.indices[0] == index },
        at: 1,
        of: message,
        schema: schema,
        to: &output
      )
      output.endDelimited(start)
      rest.removeAll { $0.path.indices[0] == index }
    }
    try Assignment.write(rest, at: 0, of: input, schema: schema, to: &output)
    return output.bytes
  }

  private func queryAssignments(
    _ parameters: [HTTPTarget.Parameter]
  ) throws(JSONError) -> [Assignment] {
    var assignments: [Assignment] = []
    for parameter in parameters {
      let unknown = JSONError(.unknownField, "is not a known parameter").within(parameter.name)
      guard let path = FieldPath(parameter.name, in: schema.messages[input], schema: schema),
        !isTaken(path)
      else { throw unknown }
      if !path.isRepeated, assignments.contains(where: { $0.path == path }) {
        throw JSONError(.value, "is given twice").within(parameter.name)
      }
      assignments.append(Assignment(path: path, text: parameter.value))
    }
    return assignments
  }

  /// Whether the path or the body sets a field, so that the query must not.
  func isTaken(_ path: FieldPath) -> Bool {
    switch body {
    case .whole: true
    case .field(let index) where path.indices[0] == index: true
    default: variables.contains(path)
    }
  }

  /// The default mask of a PATCH: the fields in its body (AIP-134).
  private func maskOfBody(_ json: [UInt8]) throws(JSONError) -> String {
    guard case .field(let index) = body,
      case .message(let message) = schema.messages[input].fields[index].kind
    else { return "" }
    var reader = JSONReader(json)
    var fields = BodyFields()
    do throws(JSONError) {
      try collectPaths(of: schema.messages[message], &reader, prefix: "", into: &fields)
      try reader.finish()
    } catch {
      throw error.kind == .syntax ? error : JSONReader.syntaxError(of: json) ?? error
    }
    // The body itself is read next, and an unknown field refused with its place.
    guard fields.paths.isEmpty, !fields.hasUnknown else {
      return fields.paths.joined(separator: ",")
    }
    let given = fields.ignored.joined(separator: ", ").quoted
    let rule =
      fields.ignored.isEmpty
      ? "must name a field to change" : "must name a field that can be changed, not only \(given)"
    throw JSONError(.value, rule).within("body")
  }

  /// What the body of a PATCH names.
  private struct BodyFields {
    var paths: [String] = []
    /// Fields that only the server sets.
    var ignored: [String] = []
    var hasUnknown = false
  }

  private func collectPaths(
    of shape: MessageShape,
    _ reader: inout JSONReader,
    prefix: String,
    into fields: inout BodyFields
  ) throws(JSONError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      let name = prefix + String(decoding: key, as: UTF8.self)
      guard let index = shape.index(named: key), !shape.fields[index].isOutputOnly else {
        if shape.index(named: key) == nil {
          fields.hasUnknown = true
        } else {
          fields.ignored.append(name)
        }
        try reader.skip()
        continue
      }
      if case .message(let inner) = shape.fields[index].kind,
        shape.fields[index].shape == .singular, !schema.messages[inner].isValueType,
        try reader.peek() == .object
      {
        let count = fields.paths.count
        try collectPaths(of: schema.messages[inner], &reader, prefix: "\(name).", into: &fields)
        // An object without fields is the message without a value.
        if fields.paths.count == count { fields.paths.append(name) }
      } else {
        fields.paths.append(name)
        try reader.skip()
      }
    }
  }
}
