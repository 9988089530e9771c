import MeshLoop

/// The call being handled, from which those that its handler makes take over deadline and origin.
package enum CallScope {
  /// Set while a handler runs, in all that it awaits.
  @TaskLocal package static var current: Call?
}

/// Ids for calls that come without `x-request-id`: unique across processes, short enough to be free.
@LoopActor
struct RequestIDs {
  private var next = UInt64.random(in: 0...UInt64.max)
  private static let digits = StaticString("0123456789abcdefghijklmnopqrstuv")

  nonisolated init() {}

  /// Thirteen digits of base 32: a random start, then a walk through all 64-bit numbers.
  mutating func make() -> String {
    next &+= 0x9E37_79B9_7F4A_7C15
    var rest = next
    return String(unsafeUninitializedCapacity: 13) { digits in
      for index in 0..<13 {
        digits.initializeElement(at: index, to: Self.digits.utf8Start[Int(rest & 31)])
        rest >>= 5
      }
      return 13
    }
  }
}
