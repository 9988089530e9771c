import MeshCore
import Testing

@Suite struct `The domains of a company` {
  @Test(arguments: [
    ("https://www.Example.com/about?x=1", "ada@example.com", ["example.com"]),
    ("example.com:8443", "", ["example.com"]),
    ("http://user@example.com#top", "ada@sub.example.com", ["example.com", "sub.example.com"]),
    ("", "ada@xn--mller-kva.example", ["müller.example"]),
    ("not an address", "ada", []),
    ("https://gmail.com", "ada@GMAIL.com", []),
    ("localhost", "ada@localhost", []),
  ])
  func `are those of its addresses, but not of mail for everybody`(
    website: String,
    email: String,
    expected: [String]
  ) {
    #expect(CompanyDomains.of(website: website, email: email) == expected)
  }
}
