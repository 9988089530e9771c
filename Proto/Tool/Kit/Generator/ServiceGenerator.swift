import ProtoDescriptors

/// Writes one service: its table of methods, the protocol of its handlers and its client.
struct ServiceGenerator {
  let service: ServiceDescriptor
  private let methods: [MethodCode]

  private struct MethodCode {
    let descriptor: MethodDescriptor
    let name: String
    let request: SwiftType
    let response: SwiftType
    let needs: String
    let retry: MethodAccess.Retry
    let maxRequestBytes: Int
    /// Whether the handler may answer with wire format that it wrote without a message.
    let isStandardRead: Bool

    /// What the handler answers: the response, or for a standard read either form of it.
    var answer: String {
      isStandardRead ? "\(SwiftNames.upperCamelCase(descriptor.name))Answer" : response.name
    }
  }

  /// - Throws: when a method streams or, in a package of the product, does not say what it needs.
  init(
    _ service: ServiceDescriptor,
    in package: String,
    _ types: TypeIndex
  ) throws(GenerationError) {
    self.service = service
    var methods: [MethodCode] = []
    for method in service.methods {
      let name = "\(service.fullName).\(method.name)"
      if method.isStreaming { throw GenerationError("\(name): only unary methods are generated") }
      if method.access == nil, package.hasPrefix("leadmesh.") {
        throw GenerationError("\(name) lacks option (leadmesh.options.v1.access)")
      }
      if method.access?.callers.contains(.unspecified) ?? false {
        throw GenerationError("\(name) names callers that do not exist")
      }
      methods.append(
        MethodCode(
          descriptor: method,
          name: SwiftNames.methodName(method.name),
          request: try types.type(method.input),
          response: try types.type(method.output),
          needs: Self.needs(method.access),
          retry: method.access?.retry ?? .never,
          maxRequestBytes: method.access?.maxRequestBytes ?? 4 << 20,
          isStandardRead: MethodsGenerator.isStandardRead(method, types)
        )
      )
    }
    self.methods = methods
  }

  private static func needs(_ access: MethodAccess?) -> String {
    guard let access else { return ".none" }
    let callers = access.callers.map { ".\($0)" }.joined(separator: ", ")
    let tenantless = access.tenantless ? ", tenantless: true" : ""
    return "MethodNeeds(object: \"\(access.object)\", action: \"\(access.action)\", "
      + "callers: [\(callers)]\(tenantless))"
  }

  var modules: Set<String> {
    let standard: Set = methods.contains(where: \.isStandardRead) ? ["MeshProto"] : []
    return methods.reduce(into: standard.union(["MeshCore", "MeshRPC"])) {
      $0.formUnion([$1.request.module, $1.response.module])
    }
  }

  func generate(into source: inout SourceText) {
    table(into: &source)
    source.line()
    handlers(into: &source)
    source.line()
    client(into: &source)
  }

  private func table(into source: inout SourceText) {
    source.line("/// The methods of `\(service.fullName)`.")
    source.block("package enum \(service.name)Methods") { source in
      for method in methods {
        source.documentation(method.descriptor.location.comment)
        let types = "\(method.request.name), \(method.response.name)"
        source.line("package static let \(method.name) = MeshRPC.RPCMethod<\(types)>(")
        source.line("  path: \"/\(service.fullName)/\(method.descriptor.name)\",")
        source.line("  needs: \(method.needs),")
        source.line("  retry: .\(method.retry),")
        source.line("  maxRequestBytes: \(method.maxRequestBytes))")
        source.line()
      }
      source.line("package static let all: [any MeshRPC.MethodDescriptor] = [")
      for method in methods { source.line("  \(method.name),") }
      source.line("]")
    }
  }

  private func handlers(into source: inout SourceText) {
    source.documentation(service.location.comment)
    source.block("package protocol \(service.name)Handlers: Sendable") { source in
      for (index, method) in methods.enumerated() {
        if index > 0 { source.line() }
        if method.isStandardRead {
          source.line("associatedtype \(method.answer): MeshProto.Answer<\(method.response.name)>")
        }
        source.documentation(method.descriptor.location.comment)
        source.line("@MeshLoop.LoopActor")
        source.line("func \(method.name)(")
        source.line("  _ request: \(method.request.name), _ call: MeshRPC.Call")
        source.line(") async throws -> \(method.answer)")
      }
    }
    source.line()
    source.block("extension \(service.name)Handlers") { source in
      source.block("package func register(in router: inout MeshRPC.RPCRouter)") { source in
        for method in methods {
          let head = "router.add(\(service.name)Methods.\(method.name))"
          source.line("\(head) { request, call in")
          source.line("  try await self.\(method.name)(request, call)")
          source.line("}")
        }
      }
    }
  }

  private func client(into source: inout SourceText) {
    source.line("/// Calls `\(service.fullName)` over a channel.")
    source.block("package struct \(service.name)Client: Sendable") { source in
      source.line("private let channel: MeshRPC.Channel")
      source.line()
      source.block("package init(_ channel: MeshRPC.Channel)") { source in
        source.line("self.channel = channel")
      }
      for method in methods {
        source.line()
        source.documentation(method.descriptor.location.comment)
        source.line("@MeshLoop.LoopActor")
        source.line("package func \(method.name)(")
        source.line("  _ request: \(method.request.name),")
        source.line("  _ options: MeshRPC.CallOptions = MeshRPC.CallOptions()")
        let result = "async throws(MeshCore.MeshError) -> \(method.response.name)"
        source.block(") \(result)") { source in
          let method = "\(service.name)Methods.\(method.name)"
          source.line("try await channel.call(\(method), request, options)")
        }
      }
    }
  }
}
