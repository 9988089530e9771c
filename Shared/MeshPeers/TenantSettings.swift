import MeshCore
package import MeshImport
import MeshPhone
package import MeshRecords
package import TenantsAPI

/// The settings of a tenant that decide how values are read, added up and shown.
package struct TenantSettings: Sendable, Equatable {
  /// Region of phone numbers without a country code, ISO 3166-1 alpha-2.
  package let region: String
  /// The tenant's days and periods, and the currency of its sums.
  package let reports: ReportSettings
  /// How long after its due time a task is escalated to managers.
  package let escalation: Duration

  package init(_ tenant: TenantsAPI.Tenant) {
    let settings = tenant.settings
    region = settings?.defaultRegion ?? "US"
    reports = ReportSettings(
      firstMonth: settings?.fiscalYearStartMonth,
      timeZone: settings?.timeZone ?? "",
      currency: settings?.currency ?? "",
      rates: (settings?.exchangeRates ?? []).map { ($0.currency, $0.rate) }
    )
    escalation = .seconds(3600 * Int64(settings?.overdueEscalationHours ?? 24))
  }

  /// How values in imported files are read.
  package var importConventions: ImportConventions {
    ImportConventions(currency: reports.currency, timeZone: reports.timeZone, region: region)
  }

  /// The stored form of a phone number, and whether such a number can exist.
  package func phone(_ text: String) -> (text: String, isValid: Bool) {
    PhoneNumber.kept(text, region: region)
  }
}
