/// Why a call failed: the closed list that clients may switch on, as `ErrorInfo.reason` carries it.
///
/// A reason is never renamed or reused. Each service picks from this list and adds none of its own.
package enum ErrorReason: String, Sendable, CaseIterable {
  // The request itself.
  case invalidField = "INVALID_FIELD"
  case unknownField = "UNKNOWN_FIELD"
  case invalidFilter = "INVALID_FILTER"
  case invalidOrder = "INVALID_ORDER"
  case invalidPageToken = "INVALID_PAGE_TOKEN"
  case malformed = "MALFORMED"
  case tooLarge = "TOO_LARGE"
  case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
  case methodNotAllowed = "METHOD_NOT_ALLOWED"
  case unimplemented = "UNIMPLEMENTED"

  // The state that the request met.
  case notFound = "NOT_FOUND"
  case alreadyExists = "ALREADY_EXISTS"
  case staleEtag = "STALE_ETAG"
  case idempotencyConflict = "IDEMPOTENCY_CONFLICT"
  case failedPrecondition = "FAILED_PRECONDITION"
  case limitReached = "LIMIT_REACHED"
  case tooExpensive = "TOO_EXPENSIVE"
  case foreignCursor = "FOREIGN_CURSOR"
  case tenantSuspended = "TENANT_SUSPENDED"

  // Who asked.
  case unauthenticated = "UNAUTHENTICATED"
  case tokenExpired = "TOKEN_EXPIRED"
  case wrongTenant = "WRONG_TENANT"
  case invalidCredentials = "INVALID_CREDENTIALS"
  case permissionDenied = "PERMISSION_DENIED"
  case csrfRejected = "CSRF_REJECTED"
  case rateLimited = "RATE_LIMITED"

  // The mesh.
  case unavailable = "UNAVAILABLE"
  case storeFull = "STORE_FULL"
  case outcomeUnknown = "OUTCOME_UNKNOWN"
  case deadlineExceeded = "DEADLINE_EXCEEDED"
  case cancelled = "CANCELLED"
  case internalFailure = "INTERNAL_FAILURE"
}
