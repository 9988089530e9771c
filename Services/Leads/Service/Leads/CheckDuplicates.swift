import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPhone
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func checkDuplicates(
    _ request: CheckDuplicatesRequest,
    _ call: Call
  ) async throws -> CheckDuplicatesResponse {
    guard let typed = request.lead else { return CheckDuplicatesResponse() }
    let region = try rulesCache.replicas.settings(of: call.tenant).defaultRegion
    let keys = DuplicateKeys(of: try Lead(typed: typed, region: region))
    let access = access
    let matches = try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Lead.self, access)
      return try transaction.matches(keys, in: scope, except: typed.id)
    }
    return CheckDuplicatesResponse(matches: matches)
  }
}

extension Lead {
  /// The fields that say whether leads are the same.
  private static let identifying = ["email", "phone", "first_name", "last_name"]
  private static let names = FieldBits(
    ["first_name", "last_name"].compactMap { schema[$0]?.index }
  )

  /// What is known of a lead that is being typed, in the form in which leads are kept.
  ///
  /// - Throws: INVALID_ARGUMENT for a text that is far longer than any value of its field.
  fileprivate init(typed: Lead, region: String) throws(MeshError) {
    self.init()
    let fields = Self.identifying.compactMap { Self.schema[$0] }
    take(FieldBits(fields.map(\.index)), from: typed)
    // What is wrong with an incomplete value is no fault yet.
    var ignored = FieldCheck()
    try conform(to: Self.schema, &ignored)
    take(PhoneNumber.parse(phone, region: region))
  }

  /// Whether a caller sees what makes leads the same by a phone number.
  fileprivate static func showsPhone(_ visible: FieldSet) -> Bool {
    schema["phone"].map(visible.contains) == true && names.isSubset(of: visible.bits)
  }
}

extension ReadTransaction {
  private static var mostMatches: Int { 10 }

  /// The leads in a scope that have some keys, oldest first.
  ///
  /// What a caller does not see of leads is not compared either.
  fileprivate func matches(
    _ keys: DuplicateKeys,
    in scope: Scope<Lead>,
    except id: LeadID?
  ) throws -> [DuplicateMatch] {
    let others: SQL = id.map { "id <> \($0)" } ?? "TRUE"
    func leads(_ match: SQL) throws -> [Lead] {
      try records(where: "\(match) AND \(others)", in: scope, limit: Self.mostMatches)
    }
    var found: [LeadID: DuplicateMatch] = [:]
    if let samePhone = keys.samePhone, Lead.showsPhone(scope.visible) {
      for lead in try leads(samePhone) {
        if let id = lead.id { found[id] = DuplicateMatch(lead: lead, matchedBy: "phone") }
      }
    }
    if !keys.email.isEmpty, Lead.schema["email"].map(scope.visible.contains) == true {
      for lead in try leads("email_folded = \(keys.email)") {
        if let id = lead.id { found[id] = DuplicateMatch(lead: lead, matchedBy: "email") }
      }
    }
    return found.sorted { $0.key < $1.key }.prefix(Self.mostMatches).map { _, match in
      DuplicateMatch(lead: match.lead?.showing(scope.visible), matchedBy: match.matchedBy)
    }
  }
}
