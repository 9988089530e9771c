import MeshCore
import MeshCrypto
import Synchronization
import Testing

@testable import MeshAccess

@Suite struct `A token` {
  @Test func `tells its claims to whoever has the public key`() throws {
    let issuer = try TestIssuer()
    let claims = issuer.claims(roles: ["rep", "manager"])
    let verifier = issuer.verifier()
    let read = try verifier.claims(of: issuer.signer.token(claims))
    #expect(read == claims)
    #expect(read.expireTime - read.issueTime == .seconds(900))
  }

  @Test func `is worth nothing from its last second on, remembered or not`() throws {
    let issuer = try TestIssuer()
    let token = issuer.signer.token(issuer.claims())
    let verifier = issuer.verifier()
    issuer.now.advance(by: .seconds(899))
    _ = try verifier.claims(of: token)
    issuer.now.advance(by: .seconds(1))
    for verifier in [verifier, issuer.verifier()] {
      let error = #expect(throws: MeshError.self) { try verifier.claims(of: token) }
      #expect(error?.code == .unauthenticated)
      #expect(error?.reason == .tokenExpired)
    }
  }

  @Test func `is never good for longer than its session`() throws {
    let issuer = try TestIssuer()
    let now = issuer.now.value
    let claims = TokenClaims(
      member: issuer.member,
      tenant: issuer.tenant,
      session: issuer.session,
      roles: ["rep"],
      now: now,
      end: now + .seconds(60)
    )
    let read = try issuer.verifier().claims(of: issuer.signer.token(claims))
    #expect(read.expireTime == now + .seconds(60))
  }

  @Test func `is refused when any character of it changed`() throws {
    let issuer = try TestIssuer()
    let token = Array(issuer.signer.token(issuer.claims()).utf8)
    let verifier = issuer.verifier()
    for index in token.indices {
      var changed = token
      changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      expectInvalid(String(decoding: changed, as: UTF8.self), verifier)
    }
  }

  @Test func `is refused from a key that is not known, and taken from each that is`() throws {
    let issuer = try TestIssuer()
    let other = try TestIssuer()
    let token = issuer.signer.token(issuer.claims())
    expectInvalid(token, TokenVerifier(keys: [other.publicKey], clock: issuer.clock))
    expectInvalid(token, TokenVerifier(keys: [], clock: issuer.clock))
    let both = TokenVerifier(keys: [other.publicKey, issuer.publicKey], clock: issuer.clock)
    #expect(try both.claims(of: token).member == issuer.member)
  }

  @Test func `is refused with another key's signature under a known key's name`() throws {
    let issuer = try TestIssuer()
    let forger = try TestIssuer()
    let parts = issuer.signer.token(issuer.claims()).split(separator: ".")
    let forged = forger.signed(String(parts[0] + "." + parts[1]))
    expectInvalid(forged, issuer.verifier())
  }

  @Test(arguments: [
    #"{"alg":"none","typ":"JWT","kid":"KID"}"#,
    #"{"alg":"HS256","typ":"JWT","kid":"KID"}"#,
    #"{"alg":"EdDSA","typ":"JWT"}"#,
    #"{"alg":"EdDSA","typ":"JWT","kid":"KID","crit":["exp"]}"#,
    #"{"alg":"EdDSA","alg":"EdDSA","typ":"JWT","kid":"KID"}"#,
    #"{"alg":"EdDSA","typ":"JWT","kid":"KID"} "x""#,
    #"{"alg":"EdDSA","typ":"JWT","kid":1}"#,
    "",
  ])
  func `is refused with another header, however it is signed`(_ header: String) throws {
    let issuer = try TestIssuer()
    let header = header.split(separator: "KID", omittingEmptySubsequences: false)
      .joined(separator: issuer.publicKey.keyID)
    let payload = Base64.encodeURL(issuer.claims().json)
    let unsigned = Base64.encodeURL(Array(header.utf8)) + "." + payload
    expectInvalid(issuer.signed(unsigned), issuer.verifier())
    expectInvalid(unsigned + ".", issuer.verifier())
    expectInvalid(unsigned, issuer.verifier())
  }

  @Test(arguments: ["", ".", "..", "...", "a.b.c", "a.b.c.d", String(repeating: "a", count: 5000)])
  func `is not any other text`(_ text: String) throws {
    expectInvalid(text, try TestIssuer().verifier())
  }

  private func expectInvalid(_ token: String, _ verifier: TokenVerifier) {
    let error = #expect(throws: MeshError.self) { try verifier.claims(of: token) }
    #expect(error?.code == .unauthenticated)
    #expect(error?.reason == .unauthenticated)
  }
}

@Suite struct `A token's claims` {
  private static let ids =
    #""sub":"member_01h455vb4pex5vsknk084sn02q","tid":"tenant_01h455vb4pex5vsknk084sn02q","#
    + #""sid":"session_01h455vb4pex5vsknk084sn02q""#

  @Test func `are read whatever their order and spacing`() throws {
    let json =
      #"{ "exp" : 1700000900, "iat":1700000000,"roles": [ "rep" , "admin" ],"iss":"leadmesh", \#n"#
      + Self.ids + "}"
    let claims = try #require(TokenClaims(json: Array(json.utf8)))
    #expect(claims.roles == ["rep", "admin"])
    #expect(claims.issueTime == Timestamp(microseconds: 1_700_000_000_000_000))
    #expect(TokenClaims(json: claims.json) == claims)
  }

  @Test(arguments: [
    #"{"iss":"other","roles":[],"iat":1,"exp":2,IDS}"#,
    #"{"roles":[],"iat":1,"exp":2,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":2,IDS,"extra":1}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":2,IDS,"exp":9}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":2,IDS}{}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":2,IDS,}"#,
    #"{"iss":"leadmesh","roles":"admin","iat":1,"exp":2,IDS}"#,
    #"{"iss":"leadmesh","roles":[1],"iat":1,"exp":2,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":"1","exp":2,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":1,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":902,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":1e3,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":true,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":{},"exp":2,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":01,"exp":2,IDS}"#,
    #"{"iss":"leadmesh","roles":[],"iat":1,"exp":9999999999999999999,IDS}"#,
    "{}", "[]", "", "{", #"{"iss"}"#,
  ])
  func `are read in no other form`(_ json: String) {
    let filled = json.split(separator: "IDS", omittingEmptySubsequences: false)
      .joined(separator: Self.ids)
    #expect(TokenClaims(json: Array(filled.utf8)) == nil)
  }
}

@Suite struct `Remembered tokens` {
  @Test func `are bounded, and those asked for stay`() throws {
    let claims = try TestIssuer().claims()
    let cache = TokenCache(capacity: 8)
    cache.insert(claims, for: "kept")
    for number in 0..<100 {
      cache.insert(claims, for: "token \(number)")
      #expect(cache["kept"] == claims)
      #expect(cache.count <= 8)
    }
    #expect(cache["token 99"] == claims)
    #expect(cache["token 0"] == nil)
  }
}
