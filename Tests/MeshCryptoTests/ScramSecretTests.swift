import MeshCrypto
import Testing

@Suite struct `A secret for SCRAM` {
  /// RFC 7677, 3 has the salt; what a server keeps follows from the password there.
  @Test func `is what PostgreSQL makes of the same password and salt`() {
    let salt: [UInt8] = [
      0x5b, 0x6d, 0x99, 0x68, 0x9d, 0x12, 0x35, 0x8e, 0xec, 0xa0, 0x4b, 0x14, 0x12, 0x36, 0xfa,
      0x81,
    ]
    #expect(
      ScramSecret.text(of: "pencil", salt: salt)
        == "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )
  }

  @Test func `is another each time`() {
    #expect(ScramSecret.text(of: "pencil") != ScramSecret.text(of: "pencil"))
  }
}
