import ErrandsAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

@testable import ErrandsService
@testable import MeshImport

/// Files of errands: a kind of record that imports know by its schema alone.
struct ErrandImports: ImportPlan {
  let lock: String? = nil

  static let custom = [
    RecordField("custom.twitter", .text, [], FieldRule(maxLength: 5), label: "Twitter handle"),
    RecordField("custom.stops", .decimal, label: "Stops"),
    RecordField("custom.mood", .text, [], FieldRule(choices: ["calm", "hectic"])),
  ]

  func schema(of tenant: TenantID) -> RecordSchema { Errand.schema.adding(Self.custom) }

  func conventions(_ transaction: ReadTransaction) -> ImportConventions {
    ImportConventions(currency: .usd, timeZone: .utc, region: "US")
  }

  func logged(_ job: ImportJob) -> [UInt8] { Array(job.state.rawValue.utf8) }

  func intake(
    of rows: [ImportRow<Errand>],
    _ tenant: TenantID,
    _ conventions: ImportConventions
  ) -> MakeIntake<Errand> {
    { _, _ in ErrandIntake() }
  }
}

private struct ErrandIntake: ImportIntake {
  let rules: any RecordRules<Errand> = ErrandRules()

  func complete(
    _ errand: inout Errand,
    row: Int,
    _ source: ImportSource,
    _ remarks: inout ImportRemarks
  ) {
    if errand.notes.isEmpty { return }
    remarks.add("notes", errand.notes, "was read", .kept)
  }
}
