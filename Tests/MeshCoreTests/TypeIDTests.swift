import FoundationEssentials
import MeshCore
import Testing

private enum LeadKind: IDKind {
  static let prefix: StaticString = "lead"
}

/// The public conformance data of the TypeID specification, beside the repository.
private struct ConformanceFile: Sendable {
  struct Case: Decodable {
    let name: String
    let typeid: String
    let prefix: String?
    let uuid: String?
  }

  let url: URL

  init(_ name: String) {
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    url = repository.deletingLastPathComponent().appending(path: "shared/data/typeid/\(name).json")
  }

  var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }

  func cases() throws -> [Case] {
    try JSONDecoder().decode([Case].self, from: Data(contentsOf: url))
  }

  static let valid = ConformanceFile("valid")
  static let invalid = ConformanceFile("invalid")
}

@Suite struct `A TypeID` {
  @Test(.enabled(if: ConformanceFile.valid.isPresent, "the conformance data is not here"))
  func `reads and writes every valid text of the specification`() throws {
    let cases = try ConformanceFile.valid.cases()
    try #require(cases.count >= 9)
    for example in cases {
      let id = try #require(TypeID(example.typeid), "\(example.name)")
      let uuid = try #require(example.uuid.map { $0.filter { $0 != "-" } })
      #expect(id.prefix == example.prefix)
      #expect(Hex.encode(halves(id.high, id.low)) == uuid, "\(example.name)")
      #expect(id.description == example.typeid)
    }
  }

  @Test(.enabled(if: ConformanceFile.invalid.isPresent, "the conformance data is not here"))
  func `refuses every invalid text of the specification`() throws {
    let cases = try ConformanceFile.invalid.cases()
    try #require(cases.count >= 18)
    for example in cases {
      #expect(TypeID(example.typeid) == nil, "\(example.name): \(example.typeid)")
    }
  }

  private func halves(_ high: UInt64, _ low: UInt64) -> [UInt8] {
    [high, low].flatMap { half in
      (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
    }
  }
}

@Suite struct `An id` {
  private let text = "lead_01h455vb4pex5vsknk084sn02q"

  @Test func `reads and writes the text of its kind`() throws {
    let id = try #require(ID<LeadKind>(text))
    #expect(id.high == 0x0189_0a5d_ac96_774b)
    #expect(id.low == 0xbcce_b302_099a_8057)
    #expect(id.description == text)
  }

  @Test(arguments: [
    "member_01h455vb4pex5vsknk084sn02q", "lead-01h455vb4pex5vsknk084sn02q",
    "lead_81h455vb4pex5vsknk084sn02q", "lead_01h455vb4pex5vsknk084sn02", "", "lead_",
    "lead_01H455VB4PEX5VSKNK084SN02Q", "lead_01h455vb4pex5vsknk084sn02q ",
    "lead_01h455vb4pex5vsknk084sn0éx", "leäd_01h455vb4pex5vsknk084sn02q",
  ])
  func `refuses other texts`(_ text: String) {
    #expect(ID<LeadKind>(text) == nil)
  }

  @Test func `is 16 bytes, most significant first`() throws {
    let id = try #require(ID<LeadKind>(text))
    #expect(Hex.encode(id.bytes) == "01890a5dac96774bbcceb302099a8057")
    #expect(ID<LeadKind>(bytes: id.bytes) == id)
    #expect(ID<LeadKind>(bytes: id.bytes.dropLast()) == nil)
    #expect(ID<LeadKind>(bytes: id.bytes + [0]) == nil)
  }

  @Test func `sorts like its bytes and its text`() {
    let ids: [ID<LeadKind>] = [
      ID(high: 0, low: 1), ID(high: 0, low: .max), ID(high: 1, low: 0), ID(high: .max, low: 0),
    ]
    #expect(ids.reversed().sorted() == ids)
    #expect(ids.map(\.description).sorted() == ids.map(\.description))
  }
}
