import MeshCrypto
import Testing

@Suite struct `A password's hash` {
  @Test func `matches its password alone`() throws {
    let hash = try PasswordHash(of: "correct horse battery staple")
    #expect(try hash.matches("correct horse battery staple"))
    #expect(try !hash.matches("correct horse battery stapl"))
    #expect(try !hash.matches(""))
    #expect(hash.phc.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(!hash.needsRehash)
  }

  @Test func `has a salt of its own`() throws {
    #expect(try PasswordHash(of: "same").phc != PasswordHash(of: "same").phc)
  }

  @Test func `made elsewhere with other parameters still matches, and asks to be renewed`() throws {
    // The reference implementation's test vector.
    let hash = try #require(
      PasswordHash(
        phc: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
          + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      )
    )
    #expect(try hash.matches("password"))
    #expect(try !hash.matches("Password"))
    #expect(hash.needsRehash)
  }

  @Test func `of another scheme is refused, and a damaged one matches nothing`() throws {
    #expect(PasswordHash(phc: "$2b$12$abcdefghijklmnopqrstuv") == nil)
    #expect(PasswordHash(phc: "") == nil)
    let damaged = try #require(PasswordHash(phc: "$argon2id$v=19$m=19456,t=2,p=1$c29t"))
    #expect(try !damaged.matches("password"))
  }
}
