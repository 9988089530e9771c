/// Where a call came from, as the change log keeps it; each text may be empty.
package struct Origin: Hashable, Sendable {
  /// One request of a client across all services.
  package let requestID: String
  /// The client's network address, without the port.
  package let address: String
  /// The client's `User-Agent`.
  package let agent: String
  /// W3C Trace Context, `traceparent`.
  package let traceparent: String

  package init(
    requestID: String = "",
    address: String = "",
    agent: String = "",
    traceparent: String = ""
  ) {
    self.requestID = requestID
    self.address = address
    self.agent = agent
    self.traceparent = traceparent
  }
}
