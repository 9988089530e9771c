import MeshCore
import MeshTestScale
import Testing

@testable import GatewayService

@Suite struct `A message changed at random` {
  @Test(arguments: TestScale.seeds(1, long: 4))
  func `becomes JSON or an error, never a crash`(seed: UInt64) throws {
    let sample = try TestSchema.wire(
      #"{"name":"ab","child":{"maybe":3,"right":{"name":"c"}},"left":"x","far":true}"#,
      "Node"
    )
    var random = SeededRandom(seed: seed)
    for _ in 0..<TestScale.count(20_000, long: 100_000) {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        bytes[position] = UInt8.random(in: 0...255, using: &random)
      }
      // NUL is JSON, though not for our reader.
      guard let json = try? TestSchema.json(bytes, "Node"), !json.contains(#"\u0000"#) else {
        continue
      }
      var reader = JSONReader(Array(json.utf8))
      try reader.skip()
      try reader.finish()
    }
  }
}
