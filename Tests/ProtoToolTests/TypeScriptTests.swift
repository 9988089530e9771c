import FoundationEssentials
import ProtoDescriptors
import Testing

@testable import ProtoToolKit

@Suite struct `TypeScript of the API` {
  private func module(with folders: String...) throws -> String {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let roots = (["Proto"] + folders).map { root.appending(path: $0).path }
    let files = try readDescriptorSet(Protoc(roots: roots).descriptorSet(sourceInfo: true))
    return try TypeScriptGenerator(files).source()
  }

  @Test(
    arguments: [
      // A scalar, one with presence, 64 bits, a time, a choice, an enum, messages one and many.
      "first_name: string;", "first_name: json.text(from.first_name),",
      "company_size: number | null;",
      "company_size: json.optional(from.company_size, (each) => json.number(each)),",
      "rows: string;", "rows: json.decimal(from.rows),",
      "create_time: string;",
      #"band: "cold" | "warm" | "hot" | "very_hot" | "";"#,
      #"state: json.choice(from.state, importStateNames, "IMPORT_STATE_UNSPECIFIED"),"#,
      "annual_revenue: Money | null;",
      "score_breakdown: ScoreComponent[];",
      "leads: json.list(from.leads, (each) => decodeLead(each)),",
      // What a declaration says of a field; a label that its name does not say.
      #"email: {label: "E-mail", type: "text", sortable: true, searchable: true, maxLength: 254, "#
        + #"format: "email"},"#,
      #"owner_id: {type: "id", references: "member"},"#,
      #"source: {type: "text", sortable: true, maxLength: 60, picklist: "lead_source"},"#,
      #"points: {type: "integer", sortable: true, minimum: -100, maximum: 100},"#,
      #"probability: {type: "integer", sortable: true, minimum: 0, maximum: 100, unit: "%"},"#,
    ]
  )
  func `has each field with its decoder and its declaration`(line: String) throws {
    let lines = try module().split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.contains { $0 == line })
  }

  @Test(
    arguments: [
      "related: string[];", "related: json.list(from.related, (each) => json.text(each)),",
      #"related: {type: "ids", references: "any"},"#, "source: string;",
      #"source: {type: "id", references: "any"},"#,
    ]
  )
  func `has ids of records of any kind as ids`(line: String) throws {
    let lines = try module(with: "Tests/Fixture/Proto").split(separator: "\n")
    #expect(lines.contains { $0.drop { $0 == " " } == line })
  }

  @Test func `has nothing that REST does not answer`() throws {
    let text = try module()
    #expect(!text.contains("interface PullResponse") && !text.contains("interface GetLeadRequest"))
  }
}
