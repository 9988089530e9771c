import MeshService
import Testing

@Suite struct `The number of a service's processes` {
  @Test func `is one where nothing is said`() throws {
    let counts = try #require(ReplicaCounts("leads=2,access=1"))
    #expect(counts[service: "leads"] == 2 && counts[service: "tenants"] == 1)
    #expect(counts.names(of: "leads") == ["leads", "leads-2"])
    #expect(counts.names(of: "tenants") == ["tenants"])
    #expect(counts.text == "access=1,leads=2" && !counts.areSingle)
    #expect(try #require(ReplicaCounts("")).areSingle)
  }

  @Test(arguments: [
    "leads", "leads=", "leads=0", "leads=17", "=2", "leads=2,", "leads=2,leads=3", "leads=x",
  ])
  func `is refused in any other form`(text: String) { #expect(ReplicaCounts(text) == nil) }
}
