import Testing

@testable import MeshLoop

@Suite struct `An IP address` {
  @Test func `is read from its numeric forms alone`() {
    #expect(IPAddress("192.0.2.1")?.description == "192.0.2.1")
    #expect(IPAddress("2001:DB8:0::1")?.description == "2001:db8::1")
    #expect(IPAddress("::ffff:192.0.2.1")?.description == "192.0.2.1")
    for text in ["", "1.2.3", "1.2.3.4:5", "[::1]", "fe80::1%eth0", "localhost", "1.2.3.4\u{0}"] {
      #expect(IPAddress(text) == nil, "\(text)")
    }
  }

  @Test func `is counted by the /64 when it is IPv6`() {
    #expect(IPAddress("2001:db8:1:2:3:4:5:6")?.network == IPAddress("2001:db8:1:2::"))
    #expect(IPAddress("192.0.2.77")?.network == IPAddress("192.0.2.77"))
  }

  @Test func `lies in ranges by its first bits`() throws {
    let address = try #require(IPAddress("10.1.255.3"))
    for (range, isIn) in [
      ("10.0.0.0/8", true), ("10.1.254.0/23", true), ("10.1.252.0/23", false),
      ("10.1.255.3", true), ("10.1.255.2", false), ("0.0.0.0/0", true), ("::/0", false),
    ] {
      #expect(IPRange(range)?.contains(address) == isIn, "\(range)")
    }
    for text in ["10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "/8", "::/129"] {
      #expect(IPRange(text) == nil, "\(text)")
    }
  }
}
