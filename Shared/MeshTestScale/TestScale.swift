import Glibc

/// How much a test does: little in `make test`, a lot in `make test-long`, which sets
/// `LEADMESH_TEST_LONG`.
///
/// Every number of rounds, rows, seeds or kills that a long run raises is asked for here.
package enum TestScale {
  /// Where random sequences begin: 1, unless `LEADMESH_TEST_SEED` says otherwise.
  package static let seed: UInt64 = {
    guard let text = variable("LEADMESH_TEST_SEED") else { return 1 }
    guard let seed = UInt64(text) else {
      preconditionFailure("LEADMESH_TEST_SEED must be a number from 0 to \(UInt64.max)")
    }
    return seed
  }()

  private static let isLong = variable("LEADMESH_TEST_LONG") != nil

  /// The number of this run.
  package static func count(_ count: Int, long: Int) -> Int { isLong ? long : count }

  /// `seed` and those that follow it: running again with any of them begins with that one.
  package static func seeds(_ count: Int, long: Int) -> [UInt64] {
    (0..<UInt64(Self.count(count, long: long))).map { seed &+ $0 }
  }

  /// - Returns: nil for a variable that is empty, too.
  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// A random sequence that its seed repeats (SplitMix64).
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64 = TestScale.seed) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
