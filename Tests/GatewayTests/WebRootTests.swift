import MeshService
import Testing

@testable import GatewayService

@Suite struct `The gateway's settings` {
  private func read(_ variables: [String: String]) -> (GatewaySettings, SettingsReader) {
    var reader = SettingsReader(arguments: []) { variables[$0] }
    let settings = GatewaySettings(from: &reader)
    return (settings, reader)
  }

  @Test func `have defaults for one machine`() throws {
    let (settings, reader) = read([:])
    #expect(settings.listen == "127.0.0.1:8080")
    #expect(settings.baseDomains == ["localhost"])
    #expect(settings.webRoot == nil)
    try reader.finish()
  }

  @Test func `take several domains in any case`() throws {
    let (settings, reader) = read(["LEADMESH_BASE_DOMAINS": "CRM.example, .localhost"])
    #expect(settings.baseDomains == ["crm.example", "localhost"])
    try reader.finish()
  }

  @Test(arguments: ["", " ", "a,.", "."]) func `refuse no domain`(domains: String) {
    let (_, reader) = read(["LEADMESH_BASE_DOMAINS": domains])
    #expect(throws: SettingsError.self) { try reader.finish() }
  }

  @Test func `need not say where the web UI is when it was not built`() {
    #expect(WebRoot.beside(executable: "/nonexistent/bin") == nil)
    #expect(WebRoot.executableFolder.hasPrefix("/"))
  }
}
