import MeshCore
import MeshProto
import Testing

/// Bytes written as hexadecimal digits, with white space where it helps.
func hex(_ digits: String) throws -> [UInt8] {
  try #require(Hex.decode(digits.filter { !$0.isWhitespace }))
}

/// The error that decoding gives, or nil when it succeeds.
func failure<M: Message>(
  of type: M.Type,
  _ bytes: [UInt8],
  limits: WireLimits = .standard
) -> WireError? {
  do throws(WireError) {
    _ = try M(wire: bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}
