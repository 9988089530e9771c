import MeshCore
import MeshHTTP

/// A refusal as REST shows it: `application/problem+json` (RFC 9457) with the mesh's own code and
/// reason.
struct Problem: Error {
  let status: Int
  let code: StatusCode
  let reason: ErrorReason
  let detail: String
  var errors: [FieldViolation] = []
  var metadata: [String: String] = [:]
  var headers: HTTPHeaders = [:]

  init(
    _ status: Int,
    _ code: StatusCode,
    _ reason: ErrorReason,
    _ detail: String,
    headers: HTTPHeaders = [:]
  ) {
    self.status = status
    self.code = code
    self.reason = reason
    self.detail = detail
    self.headers = headers
  }

  /// A service's error.
  ///
  /// `bodyField` is the request field that holds the JSON body: its name is removed from the front
  /// of the violations' paths, so that they are paths in the body that the client sent.
  init(_ error: MeshError, bodyField: String? = nil) {
    self.init(Self.status(error), error.code, error.reason, error.message)
    metadata = error.metadata
    errors = error.violations.map { violation in
      guard let bodyField, violation.field.hasPrefix("\(bodyField).") else { return violation }
      return FieldViolation(
        field: String(violation.field.dropFirst(bodyField.count + 1)),
        description: violation.description
      )
    }
    switch error.code {
    case .unauthenticated: headers.add("www-authenticate", "Bearer realm=\"leadmesh\"")
    case .unavailable where status == 503:
      headers.add("retry-after", error.metadata["retry_after_seconds"] ?? "1")
    case .resourceExhausted where status == 429:
      headers.add("retry-after", error.metadata["retry_after_seconds"] ?? "1")
    default: break
    }
  }

  /// An invalid body or parameter.
  init(_ error: JSONError) {
    let path = error.path.isEmpty || error.kind == .syntax ? "body" : error.path
    let field = path.cut(maxBytes: Self.mostPathBytes)
    let rule = error.kind == .syntax ? "is not JSON: it \(error.rule)" : error.rule
    let reason: ErrorReason =
      switch error.kind {
      case .syntax: .malformed
      case .unknownField: .unknownField
      case .value: .invalidField
      }
    self.init(400, .invalidArgument, reason, "\(field) \(rule)")
    errors = [FieldViolation(field: field, description: rule)]
  }

  /// A request that the HTTP parser refused.
  init(_ error: HTTP1Error) {
    let (code, reason): (StatusCode, ErrorReason) =
      switch error.status {
      case 408: (.deadlineExceeded, .deadlineExceeded)
      case 413, 414, 431: (.resourceExhausted, .tooLarge)
      case 501, 505: (.unimplemented, .unimplemented)
      case 503: (.unavailable, .unavailable)
      default: (.invalidArgument, .malformed)
      }
    self.init(error.status, code, reason, error.detail)
    if let seconds = error.retryAfter { headers.add("retry-after", String(seconds)) }
  }

  /// Bytes of a path in the client's own body or query; its names are whatever the client wrote.
  private static let mostPathBytes = 100
  /// Bytes of a detail or rule, and entries of `errors`: a client needs no more to see what is wrong.
  private static let mostTextBytes = 1 << 10
  private static let mostErrors = 100

  static let unknownHost = Problem(404, .notFound, .notFound, "there is nothing here")
  static let unknownPath = Problem(404, .notFound, .notFound, "there is nothing at this path")

  static func methodNotAllowed(_ methods: [String]) -> Problem {
    let allowed = methods.joined(separator: ", ")
    return Problem(
      405,
      .unimplemented,
      .methodNotAllowed,
      "this path takes \(allowed)",
      headers: ["allow": allowed]
    )
  }

  /// The HTTP status of a canonical code, as google.rpc.Code maps them, but for three reasons.
  private static func status(_ error: MeshError) -> Int {
    switch error.code {
    case .ok: 200
    case .cancelled: 499
    case .invalidArgument, .outOfRange: 400
    case .failedPrecondition: error.reason == .idempotencyConflict ? 422 : 400
    case .unauthenticated: 401
    case .permissionDenied: 403
    case .notFound: 404
    case .alreadyExists, .aborted: 409
    case .resourceExhausted:
      switch error.reason {
      case .tooLarge: 413
      case .limitReached: 409
      default: 429
      }
    case .unknown, .internalError, .dataLoss: 500
    case .unimplemented: 501
    case .unavailable: error.reason == .outcomeUnknown ? 504 : 503
    case .deadlineExceeded: 504
    }
  }

  var response: HTTPResponse {
    var json = JSONWriter()
    json.beginObject()
    json.key("type")
    json.string("about:blank")
    json.key("title")
    json.string(HTTPResponse.reason(status))
    json.key("status")
    json.integer(status)
    json.key("detail")
    json.string(detail.cut(maxBytes: Self.mostTextBytes))
    json.key("code")
    json.string(code.name)
    json.key("reason")
    json.string(reason.rawValue)
    json.key("errors")
    json.beginArray()
    for error in errors.prefix(Self.mostErrors) {
      json.beginObject()
      json.key("field")
      json.string(error.field)
      json.key("rule")
      json.string(error.description.cut(maxBytes: Self.mostTextBytes))
      json.endObject()
    }
    json.endArray()
    if !metadata.isEmpty {
      json.key("metadata")
      json.beginObject()
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        json.key(key)
        json.string(value)
      }
      json.endObject()
    }
    json.endObject()
    var headers = headers
    headers.set("content-type", "application/problem+json")
    return HTTPResponse(status, headers: headers, body: json.bytes)
  }
}

extension StatusCode {
  /// The name in google.rpc.Code.
  fileprivate var name: String {
    switch self {
    case .ok: "OK"
    case .cancelled: "CANCELLED"
    case .unknown: "UNKNOWN"
    case .invalidArgument: "INVALID_ARGUMENT"
    case .deadlineExceeded: "DEADLINE_EXCEEDED"
    case .notFound: "NOT_FOUND"
    case .alreadyExists: "ALREADY_EXISTS"
    case .permissionDenied: "PERMISSION_DENIED"
    case .resourceExhausted: "RESOURCE_EXHAUSTED"
    case .failedPrecondition: "FAILED_PRECONDITION"
    case .aborted: "ABORTED"
    case .outOfRange: "OUT_OF_RANGE"
    case .unimplemented: "UNIMPLEMENTED"
    case .internalError: "INTERNAL"
    case .unavailable: "UNAVAILABLE"
    case .dataLoss: "DATA_LOSS"
    case .unauthenticated: "UNAUTHENTICATED"
    }
  }
}
