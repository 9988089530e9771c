import MeshProto
import MeshTestScale
import ProtoFixtures
import Testing

@Suite struct `Bytes changed at random` {
  /// What is accepted must mean one thing: written and read again it is the same.
  private func check(_ bytes: [UInt8]) throws -> Bool {
    guard failure(of: Kitchen.self, bytes) == nil else { return false }
    let kitchen = try Kitchen(wire: bytes)
    let written = kitchen.wireBytes()
    #expect(try Kitchen(wire: written).wireBytes() == written)
    return true
  }

  @Test(arguments: TestScale.seeds(4, long: 8))
  func `are refused, or read to a message that survives a round trip`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let golden = try hex(KitchenSample.golden)
    let rounds = TestScale.count(1_500, long: 30_000)
    var accepted = 0
    for _ in 0..<rounds {
      var bytes = golden
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      if try check(bytes) { accepted += 1 }
    }
    let few = rounds / 30
    #expect((few..<rounds - few).contains(accepted), "only one side is tested: \(accepted)")
  }

  @Test func `are refused wherever a message ends early, or are a shorter message`() throws {
    let golden = try hex(KitchenSample.golden)
    let accepted = try golden.indices.filter { try check(Array(golden[..<$0])) }
    #expect(accepted.count > 50 && accepted.count < golden.count / 2)
  }
}
