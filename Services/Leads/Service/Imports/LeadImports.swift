import LeadsAPI
import MeshCore
import MeshImport
import MeshPeers
import MeshPhone
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI

/// Files of leads.
struct LeadImports: ImportPlan {
  let foresight: LeadForesight
  private var rulesCache: RulesCache { foresight.cache }

  init(_ foresight: LeadForesight) { self.foresight = foresight }

  let lock: String? = LeadRules.lock
  let descriptionField: String? = "description"
  /// A status may ask for fields that a file does not have.
  let fieldAskingForOthers: String? = "status"
  let extensibleLists: Set<String> = ["status", "source"]
  /// Empty, so that the keys of rows of leads stay what they are in `imported_rows`.
  let keySpace = ""

  var relations: [String: ImportRelation] {
    let replicas = rulesCache.replicas
    return [
      "owner_id": .listed("member") { tenant in
        try replicas.members(of: tenant).map { (id: $0.key, names: $0.value.names) }
      }
    ]
  }

  /// Statuses and sources are also meant by their keys, and the retired ones are known too.
  func has(_ text: String, in field: RecordField, _ transaction: ReadTransaction) throws -> Bool {
    guard let rules = rulesCache.latest(of: transaction.tenant) else {
      return try transaction.activeKey(text, in: field.rule.picklistTable) != nil
    }
    let name = TextForm.cleaned(text)
    switch field.name {
    case "status": return rules.statuses.match(name) != nil
    case "source": return rules.sources.match(name) != nil
    default: return try transaction.activeKey(name, in: field.rule.picklistTable) != nil
    }
  }

  func conventions(_ transaction: ReadTransaction) throws -> ImportConventions {
    try rulesCache.replicas.settings(of: transaction.tenant).tenant.importConventions
  }

  /// As a message of leads' imports, which name no kind of record.
  func logged(_ job: ImportJob) -> [UInt8] {
    var message = RecordImport(job)
    message.object = ""
    return message.wireBytes()
  }

  func prepare(_ tenant: TenantID, _ store: Store) async throws {
    try await rulesCache.refresh(tenant, from: store)
  }

  func reasonToStop(_ job: ImportJob, _ transaction: ReadTransaction) throws -> String? {
    guard let creator = job.onBehalfOf,
      try rulesCache.replicas.members(of: transaction.tenant)[creator.words]?.mayImport != true
    else { return nil }
    return stopWithoutCreator
  }

  /// Computes scores, and hands over how phone numbers were read.
  func intake(
    of rows: [ImportRow<Lead>],
    _ tenant: TenantID,
    _ conventions: ImportConventions
  ) -> MakeIntake<Lead> {
    let known = rulesCache.latest(of: tenant)
    var phones: [String: PhoneParse?] = [:]
    var leads: [ForeseenLead?] = []
    for row in rows {
      var lead = row.draft
      phones.merge(row.source.phones) { first, _ in first }
      lead.status = known?.statuses.likelyKey(of: row.draft.status) ?? ""
      lead.source = known?.sources.likelyKey(of: row.draft.source) ?? ""
      let phone = phones[lead.phone] ?? nil
      leads.append(known.flatMap { ForeseenLead(lead, $0, phone: phone) })
    }
    let (cache, drafts) = (rulesCache, rows.map(\.draft))
    return { [phones, leads] transaction, job in
      LeadIntake(
        transaction,
        LeadRules(
          transaction,
          try transaction.intakeRules(cache),
          savesTurns: false,
          phones: phones,
          wishes: try ContactWishes(about: drafts, transaction),
          for: .fileImport
        ),
        foreseen: leads,
        addsValues: job.mayConfigure && job.choices.addsValues
      )
    }
  }
}

extension Picklist {
  /// The key that a name in a file will most likely get.
  fileprivate func likelyKey(of text: String) -> String {
    let name = TextForm.cleaned(text)
    let made = TenantKey.make(of: name)
    guard let match = match(name) ?? made.flatMap({ self[$0] }) else { return made ?? "" }
    return match.isActive ? match.key : ""
  }
}

extension Lead {
  /// Keeps a value that no list has as a line of the description, if there is room.
  fileprivate mutating func keep(_ value: String, as label: String) {
    if value.isEmpty { return }
    let line = "\(label): \(value)"
    let text = description.isEmpty ? line : "\(description)\n\(line)"
    if text.unicodeScalars.count <= Self.mostDescription { description = text }
  }

  private static let mostDescription = schema["description"]?.rule.maxLength ?? 0
}

/// Matches the statuses and sources of a file's rows with the tenant's.
final class LeadIntake: ImportIntake {
  private let transaction: WriteTransaction
  private let leadRules: LeadRules
  /// The leads of the batch's rows.
  private let foreseen: [ForeseenLead?]
  private let addsValues: Bool
  private var overfull: [String: Bool] = [:]

  init(
    _ transaction: WriteTransaction,
    _ rules: LeadRules,
    foreseen: [ForeseenLead?],
    addsValues: Bool
  ) {
    self.transaction = transaction
    leadRules = rules
    self.foreseen = foreseen
    self.addsValues = addsValues
  }

  var rules: any RecordRules<Lead> { leadRules }

  func complete(
    _ lead: inout Lead,
    row: Int,
    _ source: ImportSource,
    _ remarks: inout ImportRemarks
  ) throws {
    leadRules.foreseen[nil] = foreseen[row]
    let (status, source) = (lead.status, lead.source)
    lead.status = try key(lead.status, of: "status", in: \.statuses, else: .defaulted, &remarks) {
      try transaction.create(LeadStatus(key: $0, displayName: $1), by: PicklistRules(transaction))
    }
    lead.source = try key(lead.source, of: "source", in: \.sources, else: .described, &remarks) {
      try transaction.create(LeadSource(key: $0, displayName: $1), by: PicklistRules(transaction))
    }
    if lead.status.isEmpty { lead.keep(status, as: "Status") }
    if lead.source.isEmpty { lead.keep(source, as: "Source") }
  }

  func isSurelyRefused(_ lead: Lead) -> Bool { !lead.canBeKept }

  func isDuplicate(_ lead: Lead) -> Bool { lead.duplicateOf != nil }

  func finish() throws { try leadRules.saveTurns() }

  /// Whether this batch alone has more unknown values of a field than an import may add: the column probably does not
  /// belong to the field, so none of them is added.
  private func isOverfull<Entry>(
    _ field: String,
    _ list: WritableKeyPath<IntakeRules, Picklist<Entry>>
  ) -> Bool {
    if let known = overfull[field] { return known }
    let entries = leadRules.intake[keyPath: list]
    let place = Lead.schema[field]?.index ?? 0
    let unknown = Set(foreseen.compactMap { $0?.lead[field: place].text })
      .filter { !$0.isEmpty && entries[$0] == nil }
    let isOverfull = unknown.count > Limit.importNewValues.most
    overfull[field] = isOverfull
    return isOverfull
  }

  /// The key of a status or source named in the file.
  ///
  /// An unknown one is added if the import's creator may configure the tenant; otherwise, and for a retired one, the
  /// key is empty. All three cases add a remark to the import.
  private func key<Entry: PicklistEntry>(
    _ text: String,
    of field: String,
    in list: WritableKeyPath<IntakeRules, Picklist<Entry>>,
    else outcome: ImportOutcome,
    _ remarks: inout ImportRemarks,
    add: (_ key: String, _ name: String) throws -> Entry
  ) throws -> String {
    let name = TextForm.cleaned(text)
    if name.isEmpty { return "" }
    let entries = leadRules.intake[keyPath: list]
    if let match = entries.match(name) {
      guard match.isActive else {
        remarks.add(field, name, "is retired", outcome)
        return ""
      }
      remarks.count(field, name)
      return match.key
    }
    guard addsValues, !remarks.isRowRefused, remarks.hasRoom(for: field, name),
      !isOverfull(field, list),
      name.unicodeScalars.count <= 100,
      Limit(Entry.schema).map({ entries.entries.count < $0.most }) ?? true
    else {
      remarks.add(field, name, "is unknown", outcome)
      return ""
    }
    let made = entries.newKey(of: name)
    leadRules.add(try add(made, name), to: list)
    remarks.addToList(field, name, "was added with the key \(made)")
    return made
  }
}
