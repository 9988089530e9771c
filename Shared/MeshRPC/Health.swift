import MeshCore
package import MeshProto
import Synchronization

/// `grpc.health.v1.Health`; the mesh answers Check, and Watch is not implemented.
package enum Health {
  package static let check = RPCMethod<CheckRequest, CheckResponse>(
    path: "/grpc.health.v1.Health/Check",
    needs: .none,
    retry: .noSideEffects,
    maxRequestBytes: 4096
  )

  package enum Status: Int32, Sendable {
    case unknown = 0
    case serving = 1
    case notServing = 2
  }

  package struct CheckRequest: Message {
    package static var protoName: String { "grpc.health.v1.HealthCheckRequest" }
    /// The full name of a service; "" asks for the process as a whole.
    package var service = ""
    package var unknownFields = UnknownFields()

    package init() {}

    package init(service: String) {
      self.service = service
    }

    package func encode(into writer: inout WireWriter) {
      if !service.isEmpty { writer.string(service, tag: 10) }
      writer.unknownFields(unknownFields)
    }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: service = try reader.string("service")
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }

  package struct CheckResponse: Message {
    package static var protoName: String { "grpc.health.v1.HealthCheckResponse" }
    package var status = Status.unknown
    /// Why the process cannot do its work, or may soon not: Leadmesh's own field 100, which others pass over.
    package var remark = ""
    package var unknownFields = UnknownFields()

    package init() {}

    package init(status: Status, remark: String = "") {
      self.status = status
      self.remark = remark
    }

    package func encode(into writer: inout WireWriter) {
      if status != .unknown { writer.int32(status.rawValue, tag: 8) }
      if !remark.isEmpty { writer.string(remark, tag: 802) }
      writer.unknownFields(unknownFields)
    }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 8: status = Status(rawValue: try reader.int32()) ?? .unknown
        case 802: remark = try reader.string("remark")
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }
}

/// Which services of a server can do their work; settable from any thread.
package final class HealthRegistry: Sendable {
  private let statuses: Mutex<[String: Health.Status]>
  private let remark = Mutex("")

  /// The services that `paths` belong to and the whole (""), serving until said otherwise.
  init(_ paths: [String]) {
    let services = paths.compactMap { path in
      path.split(separator: "/").first.map(String.init)
    }
    let all = services + [""]
    statuses = Mutex(
      Dictionary(all.map { ($0, .serving) }, uniquingKeysWith: { first, _ in first })
    )
  }

  package func set(_ service: String, _ status: Health.Status) {
    statuses.withLock { $0[service] = status }
  }

  /// - Parameters:
  ///   - status: of each of them.
  ///   - remark: why; empty for nothing to say.
  package func setAll(_ status: Health.Status, remark: String = "") {
    self.remark.withLock { $0 = remark }
    statuses.withLock { statuses in
      for service in statuses.keys { statuses[service] = status }
    }
  }

  func answer(_ request: Health.CheckRequest) throws(MeshError) -> Health.CheckResponse {
    guard let status = statuses.withLock({ $0[request.service] }) else {
      throw .notFound("service", request.service)
    }
    return Health.CheckResponse(status: status, remark: remark.withLock { $0 })
  }
}
