import MeshHTTP
import MeshTestScale
import Testing

@Suite struct `HTTP/1.1 changed at random` {
  private let limits = HTTP1Limits.small

  @Test(arguments: TestScale.seeds(1, long: 4))
  func `means the same however it arrives, and never crashes`(seed: UInt64) {
    let samples = [
      "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: v\r\n\r\n",
      "GET http://y/ HTTP/1.0\r\nExpect: 100-continue\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
    ]
    let spice = Array("\r\n\u{0} :;,0195aGTHxchunked/\t".utf8)
    var random = SeededRandom(seed: seed)
    for round in 0..<TestScale.count(6_000, long: 75_000) {
      var bytes = Array(samples[round % samples.count].utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[position] = spice.randomElement(using: &random) ?? 0
        case 1: bytes.insert(spice.randomElement(using: &random) ?? 0, at: position)
        case 2: bytes.remove(at: position)
        default: bytes[position] = UInt8.random(in: 0...255, using: &random)
        }
      }
      let whole = Parsed(bytes: bytes, limits: limits)
      let split = Parsed(bytes: bytes, step: 1 + round % 3, limits: limits)
      #expect(whole.requests.map(\.target) == split.requests.map(\.target))
      #expect(whole.requests.map(\.body) == split.requests.map(\.body))
      #expect(whole.refusal?.status == split.refusal?.status)
      #expect(whole.requests.allSatisfy { $0.body.count <= limits.maxBodyBytes })
    }
  }
}
