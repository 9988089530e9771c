import DealsAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TypeAPI

/// Converts leads automatically, one of a tenant after the other, by the command that also carries out
/// a person's conversion.
@LoopActor
final class ReadyLeadRunner {
  /// How often it looks for tenants with such leads.
  private nonisolated static let pause = Duration.seconds(1)

  private let store: Store
  private let deals: DealsPeer
  private let foresight: LeadForesight
  private let conversions: Commands<LeadConversionCommand>
  private let log: Log
  private let queue = WorkQueue<TenantID>()

  init(
    _ store: Store,
    _ deals: DealsPeer,
    _ foresight: LeadForesight,
    _ conversions: Commands<LeadConversionCommand>,
    _ log: Log
  ) {
    self.store = store
    self.deals = deals
    self.foresight = foresight
    self.conversions = conversions
    self.log = log
  }

  /// Runs until cancelled.
  func run() async {
    await queue.run(
      first: { try await self.store.systemRead { try $0.tenantsWithLeadsToConvert() } },
      again: Self.pause,
      step: { try await self.convertNext($0) },
      failed: { tenant, error in
        self.log.warning(
          "ready_lead_step_failed",
          ["tenant": .id("\(tenant)"), "error": .cause(error)]
        )
      },
      notResumed: { self.log.warning("ready_leads_not_resumed", ["error": .cause($0)]) }
    )
  }

  /// Converts the next queued lead of a tenant; one whose conversion is refused leaves the queue.
  ///
  /// - Returns: whether there may be more.
  /// - Throws: an error that may pass: the lead stays queued, or its conversion has begun and continues by itself.
  func convertNext(_ tenant: TenantID) async throws -> Bool {
    let next = try await store.read(tenant, priority: .background) { try $0.nextToConvert() }
    guard let id = next else { return false }
    do {
      if let beginning = try await begin(id, of: tenant) {
        _ = try await conversions.finish(beginning)
      }
    } catch {
      guard error.isLasting else { throw error }
      log.warning(
        "ready_lead_not_converted",
        ["tenant": .id("\(tenant)"), "lead": .id("\(id)"), "error": .cause(error)]
      )
      try await store.write(tenant, as: author, priority: .background) { transaction in
        try transaction.unqueueConversion(of: id)
      }
    }
    return true
  }

  private var author: Author { Author(actor: "system:\(LeadsService.name)") }

  /// Begins the conversion of a queued lead; nil when it is no longer to be converted.
  private func begin(_ id: LeadID, of tenant: TenantID) async throws -> CommandBeginning? {
    let waiting = try await store.read(tenant, priority: .background) { try $0.lead(id) }
    var account: AccountID?
    if let waiting { account = try await knownAccount(of: waiting, tenant) }
    let (foresight, conversions) = (foresight, conversions)
    return try await store.write(
      tenant,
      as: author,
      lock: LeadRules.lock,
      priority: .background
    ) { [account] transaction -> CommandBeginning? in
      try transaction.unqueueConversion(of: id)
      guard let lead = try transaction.lead(id) else { return nil }
      let rules = try foresight.conversionRules(transaction)
      let all: Scope<Lead> = transaction.scope(forCalculation: "duplicates")
      let hasDuplicates = try transaction.hasDuplicates(lead, in: all)
      guard lead.convertsItself(by: rules.intake, hasDuplicates: hasDuplicates) else { return nil }
      let conversion = LeadConversion(
        leadId: id,
        accountId: account,
        ownerId: lead.ownerId,
        teamId: lead.teamId.flatMap { rules.intake.isActive($0) ? $0 : nil }
      )
      return try transaction.begin(conversions, conversion.command(for: lead, rules, transaction))
    }
  }

  private func knownAccount(of lead: Lead, _ tenant: TenantID) async throws -> AccountID? {
    let options = CallOptions(
      timeout: CommandWork.callTime,
      authorization: .system(LeadsService.name, tenant: tenant)
    )
    return try await deals.find(lead.candidatesRequest, options).account(of: lead)
  }
}

extension Error {
  /// Whether a later try would get the same error; not if there are only too many open conversions.
  fileprivate var isLasting: Bool {
    isRefusal && MeshError.clientError(for: self)?.code != .resourceExhausted
  }
}
