/// What an HTTP/1.1 connection accepts.
package struct HTTP1Limits: Sendable {
  /// Bytes of the request target; longer ones are answered 414.
  package var maxTargetBytes = 8 << 10
  /// Bytes of request line and fields together; more are answered 431.
  package var maxHeaderBytes = 32 << 10
  /// Fields of a request; more are answered 431.
  package var maxHeaders = 100
  /// Bytes of a decoded body; more are answered 413.
  package var maxBodyBytes = 4 << 20
  /// How long a head may take from its first byte, and a body from its head.
  package var headTimeout: Duration = .seconds(10)
  package var bodyTimeout: Duration = .seconds(60)
  /// How long a connection may wait for its next request.
  package var idleTimeout: Duration = .seconds(75)
  /// How long a client may take to read one answer.
  package var writeTimeout: Duration = .seconds(60)
  /// Connections at once; further ones are closed as they come.
  package var maxConnections = 4096
  /// Requests answered on one connection before it is closed.
  package var maxRequestsPerConnection = 100_000

  package init() {}
}

/// Why a request was refused before anybody saw it.
///
/// The connection ends after the answer, for what follows on it can no longer be told apart.
package struct HTTP1Error: Error, Hashable, Sendable {
  /// The status to answer.
  package var status: Int
  /// What was wrong, for the client.
  package var detail: String

  package init(_ status: Int, _ detail: String) {
    self.status = status
    self.detail = detail
  }
}
