import ProtoToolKit
import Testing

@Suite struct `The list of a service's migrations` {
  @Test func `is that of its files, in the order of their numbers`() throws {
    let files = ["m0002_add_twitter.sql", "m0001_create_leads.sql"]
    let source = try MigrationList(of: "LeadsService", files: files).source()
    let list = source.split(separator: "\n").drop { !$0.contains("static let migrations") }
    #expect(source.contains("extension LeadsService {\n"))
    #expect(
      list.dropFirst().prefix(3) == [
        "    MeshStore.Migration(\"m0001_create_leads\", PackageResources.m0001_create_leads_sql),",
        "    MeshStore.Migration(\"m0002_add_twitter\", PackageResources.m0002_add_twitter_sql),",
        "  ]",
      ]
    )
  }

  @Test(arguments: [
    (["m0001_a.sql", "m0003_c.sql"], "m0003_c.sql must be called m0002_<what_it_does>.sql"),
    (["m0001_a.sql", "m0001_b.sql"], "m0001_b.sql must be called m0002_<what_it_does>.sql"),
    (["m0002_a.sql"], "m0002_a.sql must be called m0001_<what_it_does>.sql"),
    (["m1_a.sql"], "m1_a.sql must be called m0001_<what_it_does>.sql"),
    (["m0001_.sql"], "m0001_.sql must be called m0001_<what_it_does>.sql"),
    (["m0001_a-b.sql"], "m0001_a-b.sql must be called m0001_<what_it_does>.sql"),
    (["m0001_a.txt"], "m0001_a.txt must be called m0001_<what_it_does>.sql"),
  ])
  func `refuses a name that is no migration's and a number that is not its own`(
    files: [String],
    reason: String
  ) {
    #expect(throws: ToolError.failed("NotesService: the migration \(reason)")) {
      try MigrationList(of: "NotesService", files: files)
    }
  }
}
