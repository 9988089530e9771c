import MeshCore
import MeshProto
import MeshRPC
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `How a tenant judges leads` {
  private func checked(_ settings: TenantSettings) throws(MeshError) -> TenantSettings {
    let draft = Tenant(subdomain: "acme", displayName: "Acme", settings: settings)
    return try Tenant(checking: draft).settingsParts
  }

  private func violations(_ settings: TenantSettings) -> [String] {
    do throws(MeshError) {
      _ = try checked(settings)
      return []
    } catch {
      return error.violations.map(\.field)
    }
  }

  @Test func `begins with BANT from 60, and a risk that is medium from 31 and high from 61`() throws
  {
    let settings = try checked(TenantSettings())
    #expect(settings.bantMinimum == 60 && settings.conversionScore == 71)
    #expect(settings.riskWeights.isEmpty)
    #expect(settings.riskMediumFrom == 31 && settings.riskHighFrom == 61)
  }

  @Test(arguments: [(0, true), (100, true), (101, false), (-1, false)])
  func `has a sum of BANT from 0 to 100`(_ minimum: Int32, _ isRight: Bool) {
    let found = violations(TenantSettings(bantMinimum: minimum))
    #expect(found == (isRight ? [] : ["settings.bant_minimum"]))
  }

  @Test func `has a high risk above a medium one`() {
    #expect(violations(TenantSettings(riskMediumFrom: 50, riskHighFrom: 51)) == [])
    #expect(
      violations(TenantSettings(riskMediumFrom: 50, riskHighFrom: 50)) == [
        "settings.risk_high_from"
      ]
    )
    #expect(violations(TenantSettings(riskMediumFrom: 61)) == ["settings.risk_high_from"])
  }

  @Test func `gives each factor that there is its points once`() {
    func weights(_ entries: (String, Int32)...) -> [String] {
      violations(
        TenantSettings(riskWeights: entries.map { RiskWeight(factor: $0.0, points: $0.1) })
      )
    }
    #expect(weights(("no_timeline", 0), ("score_drop", 100)) == [])
    #expect(weights(("no_timeline", 101)) == ["settings.risk_weights[0].points"])
    #expect(weights(("score_drop", 1), ("weather", 1)) == ["settings.risk_weights[1].factor"])
    #expect(weights(("score_drop", 1), ("score_drop", 2)) == ["settings.risk_weights[1].factor"])
  }
}
