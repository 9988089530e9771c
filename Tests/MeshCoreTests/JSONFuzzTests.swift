import MeshCore
import MeshTestScale
import Testing

@Suite struct `JSON changed at random` {
  @Test(arguments: TestScale.seeds(1, long: 4))
  func `never crashes the reader, which accepts only what it writes again`(seed: UInt64) throws {
    let sample = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00",true,null],"b":{"c":""}}"#.utf8)
    let spice = Array("{}[]\",:\\u0d8e-+.tfn \u{0}".utf8) + [0xC3, 0xFF]
    var random = SeededRandom(seed: seed)
    for _ in 0..<TestScale.count(20_000, long: 250_000) {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let spicy = spice[Int.random(in: 0..<spice.count, using: &random)]
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = spicy
        case 1: bytes.insert(spicy, at: position)
        default: bytes.remove(at: position)
        }
      }
      if let once = try? normal(bytes: bytes) { #expect(try normal(once) == once) }
    }
  }
}
