import MeshCore
package import MeshImport
import MeshPhone
package import MeshRecords
package import TenantsAPI

/// The settings of a tenant by which values are read and summed up.
package struct TenantSettings: Sendable, Equatable {
  /// Region of phone numbers without a country code, ISO 3166-1 alpha-2.
  package let region: String
  /// The tenant's days and periods, and what sums are converted to.
  package let reports: ReportSettings
  /// How long after its due time managers hear that a task is overdue.
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

  /// By which files are read.
  package var importConventions: ImportConventions {
    ImportConventions(currency: reports.currency, timeZone: reports.timeZone, region: region)
  }

  /// The form in which a phone number is kept, and whether it is one that can exist.
  package func phone(_ text: String) -> (text: String, isValid: Bool) {
    PhoneNumber.kept(text, region: region)
  }
}
