/// Where a call came from, as the change log keeps it; each text may be empty.
///
/// Texts are cut to `maxTextBytes` and cleaned of control characters: they are stored with every change, and
/// callers choose them.
package struct Origin: Hashable, Sendable {
  /// Bytes of each text.
  package static let maxTextBytes = 256

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
    self.requestID = requestID.cleaned(maxBytes: Self.maxTextBytes)
    self.address = address.cleaned(maxBytes: Self.maxTextBytes)
    self.agent = agent.cleaned(maxBytes: Self.maxTextBytes)
    self.traceparent = traceparent.cleaned(maxBytes: Self.maxTextBytes)
  }
}
