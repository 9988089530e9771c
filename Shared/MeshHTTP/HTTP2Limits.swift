/// What one HTTP/2 connection may use.
package struct HTTP2Limits: Sendable {
  /// Streams the peer may have open at once.
  package var concurrentStreams: UInt32 = 256
  /// Bytes the peer may send on a stream, and on all of them, before they are consumed.
  package var streamWindow: Int32 = 1 << 20
  package var connectionWindow: Int32 = 1 << 22
  /// Names and values of one header block, with 32 bytes for each field (RFC 9113, section 6.5.2).
  package var headerBytes = 32 << 10
  /// Bodies of all streams that are kept in memory together.
  package var heldBytes = 32 << 20
  /// What connections together keep of bodies and unsent answers; nil for peers that are trusted.
  package var budget: ByteBudget?
  /// Bytes a second that a body must come with, measured over `rateWindow`, the first of which is its
  /// grace; nil for peers that are trusted.
  package var minBytesPerSecond: Int?
  package var rateWindow = Duration.seconds(10)
  /// Streams the peer may reset at once, and per second from then on, before it is cut off.
  package var resetBurst: UInt64 = 1000
  package var resetsPerSecond: UInt64 = 33
  /// A connection that was silent for so long is sent a PING, and is closed without an answer.
  package var keepaliveInterval = Duration.seconds(30)
  package var keepaliveTimeout = Duration.seconds(10)

  package init() {}

  /// For clients that are not to be trusted.
  package static let external = {
    var limits = HTTP2Limits()
    limits.budget = ByteBudget(limit: 64 << 20)
    limits.minBytesPerSecond = 1 << 10
    return limits
  }()

  /// For processes of the mesh, whose cancelled calls come in thousands and mean no harm.
  package static let `internal` = {
    var limits = HTTP2Limits()
    limits.resetBurst = 1_000_000
    limits.resetsPerSecond = 1_000_000
    return limits
  }()
}

/// Why a stream or a connection ended (RFC 9113, section 7).
package struct HTTP2ErrorCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let none = HTTP2ErrorCode(rawValue: 0)
  package static let protocolError = HTTP2ErrorCode(rawValue: 1)
  package static let internalError = HTTP2ErrorCode(rawValue: 2)
  /// Nothing of the stream was processed: it may be sent again.
  package static let refusedStream = HTTP2ErrorCode(rawValue: 7)
  package static let cancel = HTTP2ErrorCode(rawValue: 8)
  /// The TCP connection of the stream was closed or its peer stopped answering.
  package static let connectError = HTTP2ErrorCode(rawValue: 10)
  package static let enhanceYourCalm = HTTP2ErrorCode(rawValue: 11)
  package static let inadequateSecurity = HTTP2ErrorCode(rawValue: 12)
}
