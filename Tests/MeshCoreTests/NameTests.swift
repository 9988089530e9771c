import MeshCore
import Testing

@Suite struct `Names and addresses` {
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
    #expect(EmailAddress.key("Ada@Example.com") == EmailAddress.key("ada@example.COM"))
  }

  @Test func `a name is one line without spaces around it`() {
    #expect(DisplayName("  Ada \t\n King\u{7} ")?.text == "Ada King")
  }

  @Test func `a name has 1 to 200 characters`() {
    #expect(DisplayName(" \n ") == nil)
    #expect(DisplayName(String(repeating: "ä", count: 200)) != nil)
    #expect(DisplayName(String(repeating: "ä", count: 201)) == nil)
  }
}
