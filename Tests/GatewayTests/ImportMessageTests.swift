import LeadsAPI
import MeshCore
import ProtoDescriptors
import Testing

/// Leads' imports came first and have messages of their own: one is made of the other by its bytes.
@Suite struct `Messages of leads' imports` {
  /// Each message of leads, its like for all kinds of records, and the fields that only that has.
  private static let pairs: [(leads: String, records: String, more: Set<String>)] = [
    ("Import", "RecordImport", ["object", "incomplete"]),
    ("ColumnMapping", "ImportedColumn", []),
    ("ImportRemark", "ImportNote", []),
    ("RefusedRow", "ImportFault", ["created"]),
    ("SuggestMappingResponse", "SuggestImportMappingResponse", ["values"]),
  ]

  private let files: [FileDescriptor]

  init() throws {
    let bytes = try #require(Base64.decode(LeadsDescriptors.base64.description))
    files = try readDescriptorSet(bytes)
  }

  @Test func `have the fields of their likes, with the same numbers, names and types`() throws {
    for pair in Self.pairs {
      let leads = try fields(of: "leadmesh.leads.v1.\(pair.leads)")
      let records = try fields(of: "leadmesh.records.v1.\(pair.records)")
      #expect(pair.more.isSubset(of: records.keys), "\(pair.records)")
      #expect(leads == records.filter { !pair.more.contains($0.key) }, "\(pair.leads)")
    }
  }

  @Test func `have the states of their likes, with the same numbers`() throws {
    let leads = try values(of: "leadmesh.leads.v1.ImportState")
    let records = try values(of: "leadmesh.records.v1.RecordImportState")
    #expect(leads.count > 1)
    #expect(Set(leads.map { "RECORD_\($0)" }) == Set(records))
  }

  /// The fields of a message by their names, each as the wire has it; a type of leads counts as its like.
  private func fields(of message: String) throws -> [String: String] {
    let found = files.flatMap(\.messages).first { $0.fullName == message }
    let fields = try #require(found).fields
    let likes = Dictionary(
      uniqueKeysWithValues: Self.pairs.map {
        ("leadmesh.leads.v1.\($0.leads)", "leadmesh.records.v1.\($0.records)")
      } + [("leadmesh.leads.v1.ImportState", "leadmesh.records.v1.RecordImportState")]
    )
    return Dictionary(
      uniqueKeysWithValues: fields.map { field in
        let type = likes[field.typeName] ?? field.typeName
        let form = "\(field.number) \(field.kind) \(type)"
        return (field.name, "\(form) \(field.isRepeated) \(field.isOptional) \(field.isPacked)")
      }
    )
  }

  private func values(of name: String) throws -> [String] {
    let found = files.flatMap(\.enums).first { $0.fullName == name }
    return try #require(found).values.map { "\($0.name) \($0.number)" }
  }
}
