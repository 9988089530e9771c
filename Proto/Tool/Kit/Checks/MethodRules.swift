import ProtoDescriptors

/// The rules one RPC is held to.
struct MethodRules {
  private let method: MethodDescriptor
  private let service: ServiceDescriptor
  private let index: DescriptorIndex
  private let input: MessageDescriptor?
  private let output: MessageDescriptor?

  init(_ method: MethodDescriptor, of service: ServiceDescriptor, _ index: DescriptorIndex) {
    self.method = method
    self.service = service
    self.index = index
    input = index.message(method.input)
    output = index.message(method.output)
  }

  func check(_ findings: inout Findings) {
    findings.requireComment(method.location, "rpc \(method.name)")
    require(ProtoNames.isPascalCase(method.name), "is not PascalCase", &findings)
    checkNames(&findings)
    checkAccess(&findings)
    for binding in method.http { check(binding, &findings) }
    checkStandardFields(&findings)
  }

  private func require(_ rule: Bool, _ message: String, _ findings: inout Findings) {
    findings.require(rule, method.location, "rpc \(method.name) \(message)")
  }

  private func checkNames(_ findings: inout Findings) {
    let request = method.input.split(separator: ".").last ?? ""
    let response = method.output.split(separator: ".").last ?? ""
    // What every kind of record has, all of them ask and answer with the same messages.
    let shared = "leadmesh.records.v1."
    require(
      request == "\(method.name)Request" || method.input.hasPrefix(shared),
      "does not take \(method.name)Request",
      &findings
    )
    // Methods with the same answer may share it, as logging in and renewing do.
    let answers = service.methods.map { "\($0.name)Response" }
    let isResource = !response.hasSuffix("Response") && !response.hasSuffix("Request")
    require(
      isResource || method.output.hasPrefix(shared) || answers.contains { $0 == response },
      "returns neither \(method.name)Response nor a resource",
      &findings
    )
  }

  private func checkAccess(_ findings: inout Findings) {
    guard let access = method.access else {
      require(false, "lacks option (leadmesh.options.v1.access)", &findings)
      return
    }
    let namesBoth = ProtoNames.isSnakeCase(access.object) && ProtoNames.isSnakeCase(access.action)
    require(
      access.isPerRecord ? access.object.isEmpty && access.action.isEmpty : namesBoth,
      access.isPerRecord
        ? "is per_record and names an object or action all the same"
        : "does not name the object and action it needs in lower_snake_case",
      &findings
    )
    checkShapes(access, &findings)
    require(
      !access.callers.contains(.unspecified),
      "lets CALLER_CLASS_UNSPECIFIED call it",
      &findings
    )
    if access.callers.contains(.member) {
      require(!method.http.isEmpty, "is for members and lacks option (google.api.http)", &findings)
    }
  }

  /// What the gateway reads by name of methods that it routes or joins by itself.
  private func checkShapes(_ access: MethodAccess, _ findings: inout Findings) {
    require(
      access.routeBy.isEmpty || input?.field(access.routeBy)?.kind == .string,
      "is routed by \(access.routeBy), which is no text of its request",
      &findings
    )
    let isDownload =
      input?.field("cursor")?.kind == .string && output?.field("content")?.kind == .bytes
      && output?.field("next_cursor")?.kind == .string
    require(
      access.download.isEmpty || isDownload,
      "is a download without cursor, content and next_cursor",
      &findings
    )
  }

  private func check(_ binding: HTTPBinding, _ findings: inout Findings) {
    require(
      binding.path.hasPrefix("/api/v1/"),
      "has a path that does not begin with /api/v1/",
      &findings
    )
    guard let input else { return }
    for variable in binding.variables {
      let field = index.field(variable, of: input)
      require(
        field.map { $0.kind != .message && !$0.isRepeated } ?? false,
        "has {\(variable)} in its path, which must be a plain field of its request",
        &findings
      )
    }
    switch binding.body {
    case "", "*": break
    case let body:
      require(
        input.field(body) != nil,
        "has the body \(body), which its request lacks",
        &findings
      )
    }
    if binding.verb == "GET" || binding.verb == "DELETE" {
      require(binding.body.isEmpty, "has a body with \(binding.verb)", &findings)
    }
  }

  /// AIP-133, 134, 155 and 158.
  private func checkStandardFields(_ findings: inout Findings) {
    if isVerb("Create") { requireInput("request_id", .string, &findings) }
    if isVerb("Update") {
      require(
        input?.field("update_mask")?.typeName == "google.protobuf.FieldMask",
        "does not take google.protobuf.FieldMask update_mask",
        &findings
      )
    }
    if isVerb("List") {
      requireInput("page_size", .int32, &findings)
      requireInput("page_token", .string, &findings)
      require(
        output?.field("next_page_token")?.kind == .string,
        "does not return string next_page_token",
        &findings
      )
    }
  }

  /// Whether the method's name is the verb followed by a noun.
  private func isVerb(_ verb: String) -> Bool {
    method.name.hasPrefix(verb) && method.name.count > verb.count
  }

  private func requireInput(
    _ field: String,
    _ kind: FieldDescriptor.Kind,
    _ findings: inout Findings
  ) {
    require(input?.field(field)?.kind == kind, "does not take \(kind) \(field)", &findings)
  }
}
