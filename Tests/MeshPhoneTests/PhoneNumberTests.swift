import MeshPhone
import Testing

@Suite struct `A phone number` {
  @Test(arguments: [
    ("(650) 253-0000", "US", "+16502530000", "US"),
    ("650.253.0000", "US", "+16502530000", "US"),
    ("+1 650 253 0000", "DE", "+16502530000", "US"),
    ("030 123456", "DE", "+4930123456", "DE"),
    ("0049 30 123456", "DE", "+4930123456", "DE"),
    ("011 49 30 123456", "US", "+4930123456", "DE"),
    ("098765 43210", "IN", "+919876543210", "IN"),
    ("+91 98765 43210", "US", "+919876543210", "IN"),
    ("020 7031 3000", "GB", "+442070313000", "GB"),
    ("+44 (0)20 7031 3000", "IN", "+442070313000", "GB"),
    ("+800 1234 5678", "US", "+80012345678", "001"),
    ("６５０２５３００００", "US", "+16502530000", "US"),
    ("tel:+1-650-253-0000", "GB", "+16502530000", "US"),
  ])
  func `is read as its region writes it`(
    _ text: String,
    _ region: String,
    _ e164: String,
    _ home: String
  ) throws {
    let phone = try #require(PhoneNumber.parse(text, region: region))
    #expect(phone.e164 == e164)
    #expect(phone.region == home)
    #expect(phone.isValid)
    #expect(phone.phoneExtension.isEmpty)
  }

  @Test(arguments: [
    "650-253-0000 x1234", "650-253-0000 ext. 1234", "+16502530000;ext=1234", "6502530000#1234",
    "650-253-0000 (Durchwahl 1234)", "650 253 0000, DW: 1234", "650 253 0000 poste 1234",
    "tel:+1-650-253-0000;ext=1234", "+16502530000 ext. 1234", "6502530000,,1234",
  ])
  func `keeps its extension apart`(_ text: String) throws {
    let phone = try #require(PhoneNumber.parse(text, region: "US"))
    #expect(phone.e164 == "+16502530000")
    #expect(phone.phoneExtension == "1234")
    #expect(phone.isValid)
    #expect(phone.canonical == "+16502530000 ext. 1234")
  }

  @Test(arguments: ["650 253 0000 (mobile)", "+49 30 901820 home", "+1 650 253 0000 home, after 6"])
  func `with a note behind it is none, for letters of notes are no digits`(_ text: String) {
    #expect(PhoneNumber.parse(text, region: "US") == nil)
  }

  @Test func `may be written in letters`() {
    #expect(PhoneNumber.parse("1-800-FLOWERS", region: "US")?.e164 == "+18003569377")
  }

  @Test(arguments: [
    ("555-0100", false), ("0049 30 901820", false), ("123", false), ("٠١٢٣٤٥٦٧٨٩", false),
    ("+1 555 555 5555", true),
  ])
  func `says whether it has the length of one`(_ text: String, _ isPossible: Bool) {
    #expect(PhoneNumber.parse(text, region: "US")?.isPossible == isPossible)
  }

  @Test(arguments: [
    ("555-0100", "US", "+15550100"), ("+1 555 555 5555", "US", "+15555555555"),
    ("12345", "GB", "+4412345"),
  ])
  func `that nobody has is read and marked`(_ text: String, _ region: String, _ e164: String) throws
  {
    let phone = try #require(PhoneNumber.parse(text, region: region))
    #expect(phone.e164 == e164)
    #expect(!phone.isValid)
  }

  @Test(arguments: [
    "", " ", "garbage", "n/a", "-", "+", "1", "+999 123456789", "ask Jane", "650\u{0}253", "📞",
    String(repeating: "1", count: 300), String(repeating: "(", count: 10_000),
  ])
  func `is not made of a text that is none`(_ text: String) {
    #expect(PhoneNumber.parse(text, region: "US") == nil)
  }

  @Test func `in an unknown region needs its country code`() throws {
    #expect(PhoneNumber.parse("650-253-0000", region: "XX") == nil)
    #expect(PhoneNumber.parse("650-253-0000", region: "") == nil)
    #expect(PhoneNumber.parse("+1 650-253-0000", region: "XX")?.e164 == "+16502530000")
  }

  @Test func `is read alike whatever is read before and beside it`() async {
    let texts = ["030 123456", "0171 1234567", "+1 650 253 0000 x7", "089/123 456", "n/a"]
    let alone = texts.map { PhoneNumber.parse($0, region: "DE") }
    await withTaskGroup(of: [PhoneParse?].self) { group in
      for _ in 0..<16 {
        group.addTask { @concurrent in
          texts.reversed().map { PhoneNumber.parse($0, region: "DE") }.reversed()
        }
      }
      for await together in group { #expect(together == alone) }
    }
  }
}

@Suite struct `A phone region` {
  @Test(arguments: ["US", "DE", "IN", "GB", "AX"])
  func `is known by its ISO 3166 code`(_ region: String) {
    #expect(PhoneRegions.isKnown(region))
  }

  @Test(arguments: ["", "us", "USA", "XX", "ZZ", "001", "U\u{0}"])
  func `is unknown by any other text`(_ region: String) {
    #expect(!PhoneRegions.isKnown(region))
  }
}
