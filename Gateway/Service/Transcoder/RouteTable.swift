import ProtoDescriptors
import MeshHTTP

/// Finds the endpoint of a method and a path.
///
/// A tree of path segments: literals before variables. The part of the last segment after its last
/// colon is its verb when some endpoint has that verb there (`/api/v1/leads/{id}:convert`).
struct RouteTable: Sendable {
  enum Match: Sendable {
    case endpoint(Endpoint, variables: [String])
    /// The path exists, with other methods.
    case methods([String])
    /// The path has an invalid percent-encoding.
    case malformed
    case none
  }

  private struct Node: Sendable {
    var literals: [String: Int] = [:]
    var variable: Int?
    /// By verb ("" for none), then by HTTP method.
    var endpoints: [String: [String: Endpoint]] = [:]
  }

  private var nodes = [Node()]
  /// Every endpoint with its path as the annotation has it, in the order of the descriptors.
  private(set) var endpoints: [(template: PathTemplate, endpoint: Endpoint)] = []

  /// Routes for every method with an annotation.
  ///
  /// - Throws: for an annotation that cannot be served, or two for the same path and method.
  init(_ files: [FileDescriptor], schema: Schema) throws(SchemaError) {
    for method in files.flatMap(\.services).flatMap(\.methods) {
      for rule in method.http {
        try add(method, rule, schema: schema)
      }
    }
  }

  private mutating func add(
    _ method: MethodDescriptor,
    _ rule: HTTPBinding,
    schema: Schema
  ) throws(SchemaError) {
    if let part = rule.unsupported {
      throw SchemaError("\(method.path): \(part) in google.api.http is not supported")
    }
    guard !method.isStreaming else {
      throw SchemaError("\(method.path): streams have no REST form")
    }
    let template = try PathTemplate(rule.path, of: method.path)
    let endpoint = try Endpoint(method, rule, variables: template.variables, schema: schema)
    var node = 0
    for segment in template.segments {
      node = child(of: node, segment)
    }
    guard nodes[node].endpoints[template.verb]?[rule.verb] == nil else {
      throw SchemaError("\(method.path): \(rule.verb) \(rule.path) is taken")
    }
    nodes[node].endpoints[template.verb, default: [:]][rule.verb] = endpoint
    endpoints.append((template, endpoint))
  }

  private mutating func child(of node: Int, _ segment: PathTemplate.Segment) -> Int {
    switch segment {
    case .literal(let text):
      if let child = nodes[node].literals[text] { return child }
      nodes.append(Node())
      nodes[node].literals[text] = nodes.count - 1
    case .variable:
      if let child = nodes[node].variable { return child }
      nodes.append(Node())
      nodes[node].variable = nodes.count - 1
    }
    return nodes.count - 1
  }

  /// Looks up a path; HEAD finds the same endpoint as GET.
  func match(_ method: String, path: Substring) -> Match {
    guard var segments = HTTPTarget.segments(path), let last = segments.popLast() else {
      return .none
    }
    let method = method == "HEAD" ? "GET" : method
    let mark = last.lastIndex(of: ":")
    if let mark {
      let found = match(
        method,
        segments + [last[..<mark]],
        verb: String(last[last.index(after: mark)...])
      )
      guard case .none = found else { return found }
    }
    return match(method, segments + [last], verb: "")
  }

  private func match(_ method: String, _ segments: [Substring], verb: String) -> Match {
    var decoded: [String] = []
    for segment in segments {
      guard let text = HTTPTarget.decode(segment) else { return .malformed }
      decoded.append(text)
    }
    var variables: [String] = []
    guard let node = find(decoded[...], from: 0, verb: verb, &variables),
      let endpoints = nodes[node].endpoints[verb]
    else { return .none }
    guard let endpoint = endpoints[method] else {
      var methods = Array(endpoints.keys)
      if endpoints["GET"] != nil { methods.append("HEAD") }
      return .methods(methods.sorted())
    }
    return .endpoint(endpoint, variables: variables)
  }

  private func find(
    _ segments: ArraySlice<String>,
    from node: Int,
    verb: String,
    _ variables: inout [String]
  ) -> Int? {
    guard let segment = segments.first else {
      return nodes[node].endpoints[verb] == nil ? nil : node
    }
    let rest = segments.dropFirst()
    if let child = nodes[node].literals[segment],
      let found = find(rest, from: child, verb: verb, &variables)
    {
      return found
    }
    guard let child = nodes[node].variable, !segment.isEmpty else { return nil }
    variables.append(segment)
    if let found = find(rest, from: child, verb: verb, &variables) { return found }
    variables.removeLast()
    return nil
  }
}

/// A path of `google.api.http`: `/api/v1/leads/{lead.id}:convert`.
struct PathTemplate: Sendable {
  enum Segment: Equatable, Sendable { case literal(String), variable }

  private(set) var segments: [Segment] = []
  /// Names of the variables, in order.
  private(set) var variables: [String] = []
  private(set) var verb = ""

  /// Reads a template whose variables are single segments.
  init(_ text: String, of method: String) throws(SchemaError) {
    let malformed = SchemaError("\(method): \(text) is no path this gateway can serve")
    guard var parts = HTTPTarget.segments(text[...]), let last = parts.popLast() else {
      throw malformed
    }
    // A colon inside braces would belong to a pattern, which is refused below.
    if let colon = last.lastIndex(of: ":"), colon > (last.lastIndex(of: "}") ?? last.startIndex) {
      parts.append(last[..<colon])
      verb = String(last[last.index(after: colon)...])
      guard !verb.isEmpty else { throw malformed }
    } else {
      parts.append(last)
    }
    for part in parts {
      guard !part.isEmpty, !part.contains("*"), !part.contains("=") else { throw malformed }
      if part.hasPrefix("{"), part.hasSuffix("}") {
        segments.append(.variable)
        variables.append(String(part.dropFirst().dropLast()))
      } else {
        guard !part.contains("{"), !part.contains("}") else { throw malformed }
        segments.append(.literal(String(part)))
      }
    }
  }
}
