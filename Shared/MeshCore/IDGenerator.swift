import Synchronization

/// Makes UUIDv7 ids (RFC 9562, section 5.7) that strictly increase within the generator.
///
/// Within a millisecond, or when the clock steps back, the 74 random bits grow by a random amount
/// (section 6.2, method 2), so that ids stay ordered and the next one is not to be guessed.
package struct IDGenerator: Sendable {
  /// The generator of the process, on the system's clock and random numbers.
  package static let system = IDGenerator(clock: .system)

  private let clock: Clock
  private let random: @Sendable () -> UInt64
  private let last = Last()

  /// - Parameters:
  ///   - clock: gives the first 48 bits of each id.
  ///   - random: 64 bits that nobody can predict; a fixed sequence in tests.
  package init(
    clock: Clock,
    random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
  ) {
    self.clock = clock
    self.random = random
  }

  package func next<Kind: IDKind>(_: Kind.Type = Kind.self) -> ID<Kind> { ID(nextWords()) }

  /// The next id, of whichever kind of record it is to be.
  package func nextWords() -> IDWords {
    let now = UInt64(max(0, clock.now.microseconds)) / 1000
    let bits = last.bits.withLock { last in
      last = Self.bits(after: last, at: now, random: random)
      return last
    }
    let versionAndRandomA = 0x7000 | UInt64(truncatingIfNeeded: bits.random >> 62)
    let variantAndRandomB =
      0x8000_0000_0000_0000 | UInt64(truncatingIfNeeded: bits.random) & Self.lower62
    return IDWords(high: bits.milliseconds << 16 | versionAndRandomA, low: variantAndRandomB)
  }

  /// What distinguishes one id from the next.
  private struct Bits {
    var milliseconds: UInt64 = 0
    /// 74 bits.
    var random: UInt128 = 0
  }

  private final class Last: Sendable {
    let bits = Mutex(Bits())
  }

  private static let lower62: UInt64 = 0x3fff_ffff_ffff_ffff

  private static func bits(
    after last: Bits,
    at milliseconds: UInt64,
    random: () -> UInt64
  ) -> Bits {
    if milliseconds <= last.milliseconds {
      let step = UInt128(random() & 0xffff_ffff) + 1
      let grown = last.random + step
      if grown >> 74 == 0 { return Bits(milliseconds: last.milliseconds, random: grown) }
    }
    // The top bit stays clear, so that a millisecond has room to grow before it spills over.
    let fresh = UInt128(random() & 0x7ff) << 62 | UInt128(random() & lower62)
    return Bits(milliseconds: max(milliseconds, last.milliseconds + 1), random: fresh)
  }
}
