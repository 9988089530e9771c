import Foundation
import MeshProto
import Testing

@testable import MeshImport

@Suite struct `A sample of each source` {
  private func meanings(of sample: SourceSample) -> HeadingMeanings {
    SourceTables.known.read(
      sample.columns.map(\.heading),
      for: RecordSchema(object: sample.object, idPrefix: "x", table: "x", fields: []),
      from: sample.isSourceGiven ? sample.source : nil
    )
  }

  @Test(arguments: SourceSample.all)
  func `is recognised, and each of its columns understood`(_ sample: SourceSample) {
    let meanings = meanings(of: sample)
    #expect(meanings.source?.name == sample.source)
    #expect(meanings.columns.map(\.heading) == sample.columns.map(\.heading))
    for (column, expected) in zip(meanings.columns, sample.columns) {
      #expect(column.meaning?.rawValue == expected.meaning, "\(expected.heading)")
      #expect(column.isKnown == (expected.meaning != nil), "\(expected.heading)")
      if sample.source != nil {
        #expect((column.origin == .source) == expected.isOfSource, "\(expected.heading)")
      }
    }
  }

  @Test(arguments: SourceSample.all.filter { !$0.isSourceGiven })
  func `has the marks of its own system alone`(_ sample: SourceSample) {
    let present = Set(sample.columns.map { HeadingKey($0.heading) })
    let marked = SourceTables.known.sources.filter { $0.evidence(in: present) > 0 }
    #expect(marked.map(\.name) == [sample.source].compactMap { $0 })
  }

  @Test func `exists for every table`() {
    let read = Set(SourceSample.all.map { meanings(of: $0).source?.name })
    let missing = SourceTables.known.sources.filter { !read.contains($0.name) }.map(\.name)
    #expect(missing == [])
    let names = Set(SourceSample.all.map(\.name))
    #expect(SourceTables.known.words.filter { !names.contains($0.name) }.map(\.name) == [])
  }

  private static let best: [(sample: String, meaning: ColumnMeaning, value: String)] = [
    ("apollo_people", .company, "Berg AS"),
    ("apollo_people", .city, "Troy"),
    ("apollo_people", .phone, "(212) 555-0101"),
    ("english", .email, "ida@berg.example"),
    ("german", .email, "j.mueller@firma.example"),
    ("google_contacts", .email, "ida@berg.example"),
    ("google_contacts", .city, "Troy"),
    ("hubspot_contacts", .phone, "(212) 555-0101"),
    ("linkedin_leads", .email, "ida@berg.example"),
    ("mailchimp_unsubscribed", .id, "8b66ccca37"),
    ("outlook", .phone, "(518) 555-0199"),
    ("outlook", .city, "Troy"),
    ("pipedrive_leads", .email, "ida@berg.example"),
    ("salesforce_contacts", .city, "Troy"),
    ("suitecrm_leads", .city, "Troy"),
    ("thunderbird", .phone, "(212) 555-0199"),
    ("thunderbird", .city, "Troy"),
    ("thunderbird", .email, "ida@berg.example"),
    ("zoho_leads", .phone, "(212) 555-0101"),
  ]

  @Test(arguments: best)
  func `gives the first value in the order of preference`(
    _ sample: String,
    _ meaning: ColumnMeaning,
    _ value: String
  ) throws {
    let found = try #require(SourceSample.all.first { $0.name == sample })
    let columns = meanings(of: found).columns(of: meaning)
    #expect(columns.map { found.columns[$0.index].value }.first { !$0.isEmpty } == value)
  }

  @Test func `replaces what a system calls its values`() throws {
    let sample = try #require(SourceSample.all.first { $0.name == "hubspot_contacts" })
    let place = try #require(sample.columns.firstIndex { $0.heading == "Lifecycle Stage" })
    let found = meanings(of: sample).replacements.first {
      $0.index == place && $0.from.lowercased() == "marketing qualified lead"
    }
    #expect(found?.to == "marketing_qualified")
  }
}
