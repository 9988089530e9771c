/// What an HTTP/1.1 server accepts.
package struct HTTP1Limits: Sendable {
  /// Bytes of the request target; longer ones are answered 414.
  package var maxTargetBytes = 16 << 10
  /// Bytes of request line and fields together; more are answered 431.
  package var maxHeaderBytes = 32 << 10
  /// Fields of a request; more are answered 431.
  package var maxHeaders = 100
  /// Bytes of a decoded body; more are answered 413.
  package var maxBodyBytes = 4 << 20
  /// Bytes of requests that all connections together keep in memory, beyond `freeBytes` of each; a
  /// request that does not fit is answered 503.
  package var maxHeldBytes = 64 << 20
  /// Bytes of answers that clients have not taken, counted alike; when they are used up, the connection
  /// that has waited longest for its client is closed.
  package var maxUnsentBytes = 64 << 20
  /// Bytes of each connection that are not counted, so that small requests always fit.
  package var freeBytes = 16 << 10
  /// How long a head may take from its first byte, and a body from its head.
  package var headTimeout: Duration = .seconds(10)
  package var bodyTimeout: Duration = .seconds(300)
  /// Bytes a second that a body must come with, and an unsent answer must be taken with.
  package var minBytesPerSecond = 1 << 10
  /// Over how long the rate of a body is measured; the first such time is its grace.
  package var rateWindow: Duration = .seconds(10)
  /// How long a connection may wait for its next request.
  package var idleTimeout: Duration = .seconds(75)
  /// Over how long the rate of an answer is measured; long, because the kernel takes much at once.
  package var writeTimeout: Duration = .seconds(60)
  /// How long a refused request is read on, and how much of it, so that its client sees the answer.
  package var lingerTimeout: Duration = .seconds(2)
  package var maxLingerBytes = 1 << 20
  /// Connections at once; for a further one the oldest idle one gives way.
  package var maxConnections = 4096
  /// Connections at once from one IPv4 address or IPv6 /64, trusted proxies excepted.
  package var maxConnectionsPerAddress = 256
  /// Whose word on the client's address and scheme counts.
  package var proxies = TrustedProxies()
  /// Whether clients use https, whatever the connection to this server is.
  package var isPublicSecure = false
  /// Requests answered on one connection before it is closed.
  package var maxRequestsPerConnection = 100_000

  package init() {}

  /// Bytes that must have passed in `time`; one at least.
  func leastBytes(in time: Duration) -> Int {
    max(1, Int(Double(minBytesPerSecond) * (time / .seconds(1))))
  }
}

/// Why a request was refused before anybody saw it.
///
/// The connection ends after the answer, for what follows on it can no longer be told apart.
package struct HTTP1Error: Error, Hashable, Sendable {
  /// The status to answer.
  package var status: Int
  /// What was wrong, for the client.
  package var detail: String
  /// Seconds after which the same request may succeed.
  package var retryAfter: Int?

  package init(_ status: Int, _ detail: String, retryAfter: Int? = nil) {
    self.status = status
    self.detail = detail
    self.retryAfter = retryAfter
  }
}

/// What is decided by a request's head, before its body is read.
package enum HTTPAdmission: Sendable {
  /// Read the body, of at most `maxBodyBytes` and at most the server's own limit.
  case accept(maxBodyBytes: Int)
  /// Answer so at once; the connection then ends.
  case refuse(HTTPResponse)
}
