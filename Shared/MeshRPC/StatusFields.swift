package import MeshCore
import MeshHTTP
import MeshProto

// How a failure travels: `grpc-status`, `grpc-message` and `grpc-status-details-bin`.

extension MeshError {
  /// The domain of every `ErrorInfo` the mesh makes.
  private static let domain = "leadmesh"

  // Stock gRPC clients take 8 KiB of trailers, and a call whose status is larger hangs until its deadline.
  // So the parts have sizes whose sum is less, whatever the error repeats of its request: the message
  // percent-encoded, and the details in base 64, which adds a third.
  private static let maxEncodedMessageBytes = 2 << 10
  private static let maxDetailBytes = 4 << 10
  /// Bytes of the message within the details, of a metadata value, a violation's path and its rule.
  private static let maxMessageBytes = 1 << 10
  private static let maxMetadataBytes = 256
  private static let maxPathBytes = 200
  private static let maxRuleBytes = 400
  private static let mostMetadata = 6

  /// Adds the status to a response's last header block, which stays below 8 KiB.
  func add(to fields: inout HTTP2Fields) {
    fields.add("grpc-status", String(code.rawValue))
    if !message.isEmpty {
      let text = message.prefix(maxBytes: Self.maxMessageBytes)
      fields.add("grpc-message", GRPCMessage.encode(text, maxBytes: Self.maxEncodedMessageBytes))
    }
    fields.add("grpc-status-details-bin", Base64.encode(status.wireBytes(), padded: false))
  }

  /// The status with as many violations as there is room for.
  private var status: RPCStatus {
    var status = RPCStatus()
    status.code = code.rawValue
    status.message = message.prefix(maxBytes: Self.maxMessageBytes)
    var info = RPCErrorInfo()
    info.reason = reason.rawValue
    info.domain = Self.domain
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }).prefix(Self.mostMetadata) {
      info.metadata[key.prefix(maxBytes: 64)] = value.prefix(maxBytes: Self.maxMetadataBytes)
    }
    status.details.append(WellKnown.`Any`(packing: info))
    var request = RPCBadRequest()
    var room = Self.maxDetailBytes - status.wireBytes().count - 128
    for violation in violations {
      var entry = RPCBadRequest.Violation()
      entry.field = violation.field.prefix(maxBytes: Self.maxPathBytes)
      entry.description = violation.description.prefix(maxBytes: Self.maxRuleBytes)
      room -= entry.field.utf8.count + entry.description.utf8.count + 16
      guard room >= 0 else { break }
      request.violations.append(entry)
    }
    if !request.violations.isEmpty {
      status.details.append(WellKnown.`Any`(packing: request))
    }
    return status
  }

  /// The failure that a response's last header block tells of; nil when it tells of success.
  ///
  /// Details that cannot be read are passed over: the code alone is authoritative.
  static func received(in fields: HTTP2Fields) -> MeshError? {
    guard let text = fields["grpc-status"], let number = Int32(text) else {
      return MeshError(
        code: .unknown,
        reason: .internalFailure,
        message: "the response carries no grpc-status"
      )
    }
    if number == 0 { return nil }
    let code = StatusCode(rawValue: number) ?? .unknown
    let details = fields["grpc-status-details-bin"].flatMap { Base64.decode($0) } ?? []
    let status = (try? RPCStatus(wire: details)) ?? RPCStatus()
    let message =
      status.message.isEmpty ? GRPCMessage.decode(fields["grpc-message"] ?? "") : status.message
    var reason: ErrorReason?
    var metadata: [String: String] = [:]
    var violations: [FieldViolation] = []
    for detail in status.details {
      if let info = try? detail.unpack(RPCErrorInfo.self), info.domain == domain {
        reason = ErrorReason(rawValue: info.reason)
        metadata = info.metadata
      } else if let request = try? detail.unpack(RPCBadRequest.self) {
        violations = request.violations.map {
          FieldViolation(field: $0.field, description: $0.description)
        }
      }
    }
    return MeshError(
      code: code,
      reason: reason ?? .standing(for: code),
      message: message,
      violations: violations,
      metadata: metadata
    )
  }

  /// The failure that an HTTP status without gRPC's stands for (gRPC, "HTTP to gRPC status codes").
  static func http(status: String) -> MeshError {
    let code: StatusCode =
      switch status {
      case "400": .internalError
      case "401": .unauthenticated
      case "403": .permissionDenied
      case "404": .unimplemented
      case "429", "502", "503", "504": .unavailable
      default: .unknown
      }
    return MeshError(
      code: code,
      reason: .standing(for: code),
      message: "the peer answered with HTTP \(status)"
    )
  }

  /// The failure that undecodable bytes are, before any handler sees them.
  static func undecodable(_ error: WireError) -> MeshError {
    switch error {
    case .invalidUTF8(let field):
      .invalid(field, "is not valid UTF-8", reason: .malformed)
    case .containsNUL(let field):
      .invalid(field, "contains U+0000", reason: .malformed)
    case .notStreamSafe(let field):
      .invalid(field, "must have at most \(String.mostCombiningMarks) combining marks in a row")
    case .unreadable(let field, let rule): .invalid(field, rule)
    case .tooLarge: .tooLarge(error.description)
    case .truncated, .malformed, .tooDeep: .malformed(error.description)
    }
  }

  /// The failure that a handler's error is for its caller; nil when it must not be told.
  package static func clientError(for error: any Error) -> MeshError? {
    switch error {
    case let error as MeshError: error
    case let fault as any ClientError: fault.meshError
    case is CancellationError: .cancelled
    default: nil
    }
  }

  static let cancelled = MeshError(
    code: .cancelled,
    reason: .cancelled,
    message: "the call was cancelled"
  )
  static let deadlineExceeded = MeshError(
    code: .deadlineExceeded,
    reason: .deadlineExceeded,
    message: "the deadline has passed"
  )
  static func unimplemented(_ message: String) -> MeshError {
    MeshError(code: .unimplemented, reason: .unimplemented, message: message)
  }
}

extension ErrorReason {
  /// The reason of a failure that came without one, as from a peer that is not of the mesh.
  static func standing(for code: StatusCode) -> ErrorReason {
    switch code {
    case .invalidArgument, .outOfRange: .invalidField
    case .unauthenticated: .unauthenticated
    case .permissionDenied: .permissionDenied
    case .notFound: .notFound
    case .alreadyExists: .alreadyExists
    case .failedPrecondition, .aborted: .failedPrecondition
    case .resourceExhausted: .rateLimited
    case .unimplemented: .unimplemented
    case .unavailable: .unavailable
    case .deadlineExceeded: .deadlineExceeded
    case .cancelled: .cancelled
    case .ok, .unknown, .internalError, .dataLoss: .internalFailure
    }
  }
}
