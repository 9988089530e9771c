/// One field of a request that breaks a rule.
package struct FieldViolation: Hashable, Sendable {
  /// The field's path in the proto's names: `annual_revenue.currency`.
  package let field: String
  /// The rule, as a clause that a person can act on: `must be an ISO 4217 currency`.
  package let description: String

  package init(field: String, description: String) {
    self.field = field
    self.description = description
  }
}

/// The failure of a call, as its caller sees it.
///
/// The only error that crosses a process; its texts carry no SQL, no paths and no other internals.
package struct MeshError: Error, Equatable, Sendable {
  package let code: StatusCode
  package let reason: ErrorReason
  /// One English sentence for developers; clients switch on `reason`.
  package let message: String
  /// Every field that breaks a rule, not only the first.
  package let violations: [FieldViolation]
  /// Further facts for `ErrorInfo.metadata`.
  package let metadata: [String: String]

  package init(
    code: StatusCode,
    reason: ErrorReason,
    message: String,
    violations: [FieldViolation] = [],
    metadata: [String: String] = [:]
  ) {
    self.code = code
    self.reason = reason
    self.message = message
    self.violations = violations
    self.metadata = metadata
  }
}

/// A fault of a service's rules, which knows what its caller is to see.
///
/// Rules throw such faults; one place in Shared makes statuses of them.
package protocol ClientError: Error {
  var meshError: MeshError { get }
}

extension MeshError {
  /// INVALID_ARGUMENT: `field` breaks `rule`.
  package static func invalid(
    _ field: String,
    _ rule: String,
    reason: ErrorReason = .invalidField
  ) -> MeshError {
    invalid([FieldViolation(field: field, description: rule)], reason: reason)
  }

  /// INVALID_ARGUMENT with all that is wrong.
  package static func invalid(
    _ violations: [FieldViolation],
    reason: ErrorReason = .invalidField
  ) -> MeshError {
    let clauses = violations.map { "\($0.field) \($0.description)" }
    return MeshError(
      code: .invalidArgument,
      reason: reason,
      message: clauses.joined(separator: "; "),
      violations: violations
    )
  }

  /// NOT_FOUND: there is none, or the caller may not see it; the answer is the same.
  package static func notFound(_ object: String, _ id: String) -> MeshError {
    MeshError(code: .notFound, reason: .notFound, message: "\(object) \(id.quoted) does not exist")
  }

  /// ABORTED: the resource changed after the caller read it.
  ///
  /// - Parameters:
  ///   - present: values that some of its fields have now, by name.
  ///   - violations: names `etag` where the caller sent one.
  /// - Returns: the error.
  package static func staleEtag(
    _ present: [String: String] = [:],
    violations: [FieldViolation] = []
  ) -> MeshError {
    MeshError(
      code: .aborted,
      reason: .staleEtag,
      message: "the resource changed since it was read; read it again",
      violations: violations,
      metadata: present
    )
  }

  /// UNAUTHENTICATED: no, or no valid, credential.
  package static func unauthenticated(
    _ message: String,
    reason: ErrorReason = .unauthenticated
  ) -> MeshError {
    MeshError(code: .unauthenticated, reason: reason, message: message)
  }

  /// PERMISSION_DENIED: the caller is known and may not.
  package static func permissionDenied(_ message: String) -> MeshError {
    MeshError(code: .permissionDenied, reason: .permissionDenied, message: message)
  }

  /// UNAVAILABLE: worth trying again later.
  package static func unavailable(_ message: String) -> MeshError {
    MeshError(code: .unavailable, reason: .unavailable, message: message)
  }

  /// UNAVAILABLE (OUTCOME_UNKNOWN): the request was sent and its answer was lost, so a change may have been made.
  package static func outcomeUnknown() -> MeshError {
    MeshError(
      code: .unavailable,
      reason: .outcomeUnknown,
      message: "the answer was lost; a change may have been made, so repeat it only with its key"
    )
  }

  /// INTERNAL: a defect or damage; the cause is logged, never sent.
  package static func internalFailure() -> MeshError {
    MeshError(code: .internalError, reason: .internalFailure, message: "internal failure")
  }

  /// ALREADY_EXISTS: what `field` says is taken.
  package static func alreadyExists(_ field: String, _ rule: String) -> MeshError {
    MeshError(
      code: .alreadyExists,
      reason: .alreadyExists,
      message: "\(field) \(rule)",
      violations: [FieldViolation(field: field, description: rule)]
    )
  }

  /// ALREADY_EXISTS: what is to come back was never gone.
  package static func notDeleted(_ object: String, _ id: String) -> MeshError {
    MeshError(
      code: .alreadyExists,
      reason: .alreadyExists,
      message: "\(object) \(id.quoted) is not deleted"
    )
  }

  /// FAILED_PRECONDITION: the resource's state does not allow it.
  package static func failedPrecondition(
    _ message: String,
    reason: ErrorReason = .failedPrecondition
  ) -> MeshError {
    MeshError(code: .failedPrecondition, reason: reason, message: message)
  }

  /// RESOURCE_EXHAUSTED: a message, file or list beyond its limit.
  package static func tooLarge(_ message: String) -> MeshError {
    MeshError(code: .resourceExhausted, reason: .tooLarge, message: message)
  }

  /// INVALID_ARGUMENT: bytes that are not what they should be.
  package static func malformed(_ message: String) -> MeshError {
    MeshError(code: .invalidArgument, reason: .malformed, message: message)
  }
}
