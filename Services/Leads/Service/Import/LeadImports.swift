import LeadsAPI
import MeshCore
import MeshImport
import MeshPhone
import MeshProto
import MeshRecords
import MeshStore

/// Files of leads.
struct LeadImports: ImportPlan {
  let rulesCache: RulesCache

  var systems: [KnownSystem] { LeadSystems.all }

  func conventions(_ transaction: ReadTransaction) throws -> ImportConventions {
    let settings = try rulesCache.replicas.settings(of: transaction.tenant)
    return ImportConventions(
      currency: settings.currency,
      timeZone: TimeZone(settings.timeZone) ?? .utc,
      region: settings.defaultRegion
    )
  }

  func logged(_ job: ImportJob) -> [UInt8] { LeadsAPI.Import(job).wireBytes() }

  func prepare(_ tenant: TenantID, _ store: Store) async throws {
    try await rulesCache.refresh(tenant, from: store)
  }

  /// Reads the phone numbers, which takes longer than all else about a lead.
  func intake(of leads: [Lead], _ conventions: ImportConventions) -> MakeIntake<Lead> {
    var phones: [String: PhoneParse?] = [:]
    for lead in leads {
      let phone = TextForm.cleaned(lead.phone)
      if phones[phone] != nil { continue }
      phones[phone] = .some(PhoneNumber.parse(phone, region: conventions.region))
    }
    let cache = rulesCache
    return { [phones] transaction, job in
      LeadIntake(
        transaction,
        LeadRules(
          transaction,
          try transaction.intakeRules(cache),
          savesTurns: false,
          phones: phones
        ),
        mayConfigure: job.mayConfigure
      )
    }
  }
}

/// Leads of a file's rows: what their statuses and sources mean in this tenant.
final class LeadIntake: ImportIntake {
  private let transaction: WriteTransaction
  private let leadRules: LeadRules
  private let mayConfigure: Bool
  private var addedKeys = false

  init(_ transaction: WriteTransaction, _ rules: LeadRules, mayConfigure: Bool) {
    self.transaction = transaction
    leadRules = rules
    self.mayConfigure = mayConfigure
  }

  var rules: any RecordRules<Lead> { leadRules }

  func complete(_ lead: inout Lead, _ remarks: inout ImportRemarks) throws {
    lead.status = try key(lead.status, isStatus: true, &remarks)
    lead.source = try key(lead.source, isStatus: false, &remarks)
  }

  func isDuplicate(_ lead: Lead) -> Bool { lead.duplicateOf != nil }

  func finish() throws {
    try leadRules.saveTurns()
    if addedKeys { try transaction.noteRulesChange() }
  }

  /// The key that a status or source of the file means.
  ///
  /// One the tenant has not is added where the import's creator may configure the tenant; else the
  /// lead gets the default. Both are remarked upon.
  private func key(
    _ text: String,
    isStatus: Bool,
    _ remarks: inout ImportRemarks
  ) throws -> String {
    let name = TextForm.cleaned(text)
    if name.isEmpty { return "" }
    let field = isStatus ? "status" : "source"
    let table = isStatus ? leadRules.intake.statuses : leadRules.intake.sources
    if let match = table.match(name) {
      remarks.count(field, name)
      return match.key
    }
    guard mayConfigure, name.unicodeScalars.count <= 100, let key = TenantKey.make(of: name)
    else {
      remarks.add(field, name, "is not known here; these leads have the default")
      return ""
    }
    if table.contains(key) { return key }
    let entry = PicklistEntry(key: key, name: name)
    try transaction.add(entry, toStatuses: isStatus)
    leadRules.add(entry, toStatuses: isStatus)
    addedKeys = true
    remarks.add(field, name, "was added with the key \(key)")
    return key
  }
}
