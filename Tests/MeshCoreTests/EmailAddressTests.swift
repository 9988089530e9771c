import MeshCore
import Testing

@Suite struct `E-mail addresses` {
  @Test(arguments: [
    "name@example.com", "first.last+tag@mail.example.co.uk", "o'neill@example.ie",
    "jörg@müller.example",
  ])
  func `an address that mail reaches is valid`(_ address: String) {
    #expect(EmailAddress.isValid(address))
  }

  @Test(arguments: [
    "", "name", "name@", "@example.com", "name@example", "a b@example.com", "a..b@example.com",
    ".a@example.com", "name@-example.com", "name@example..com", "\"a b\"@example.com",
    "name@[192.0.2.1]", String(repeating: "a", count: 65) + "@example.com",
  ])
  func `an address that is none is not valid`(_ address: String) {
    #expect(!EmailAddress.isValid(address))
  }

  @Test func `addresses are the same in any case`() {
    #expect(EmailAddress.folded("Ada@Example.com") == EmailAddress.folded("ada@example.COM"))
  }
}
