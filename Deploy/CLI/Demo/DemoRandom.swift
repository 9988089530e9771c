/// Numbers that look random and are the same for the same seed (SplitMix64, by Steele, Lea and Flood).
struct DemoRandom: RandomNumberGenerator {
  private var state: UInt64

  /// - Parameters:
  ///   - seed: of the whole file.
  ///   - stream: which of its sequences, so that a row can be made without those before it.
  init(seed: UInt64, stream: UInt64) {
    state = seed &+ stream &* 0xD134_2543_DE82_EF95
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// One of 0 ..< `count`.
  mutating func index(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  /// Whether an event of `percent` happens.
  mutating func chance(_ percent: Int) -> Bool { index(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[index(elements.count)] }

  /// One of the elements, each as often as its weight says.
  mutating func pick<Element>(weighted elements: KeyValuePairs<Element, Int>) -> Element {
    var rest = index(elements.reduce(0) { $0 + $1.value })
    for (element, weight) in elements.dropLast() {
      rest -= weight
      if rest < 0 { return element }
    }
    return elements[elements.count - 1].key
  }
}
