import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

extension DealsRPC {
  /// The table of what was made, changed or linked for leads.
  static let conversions = "conversions"

  @LoopActor
  func makeConversion(_ request: MakeConversionRequest, _ call: Call) async throws -> Conversion {
    guard let lead = request.leadId else { throw MeshError.invalid("lead_id", "must be given") }
    // Made before the transaction, so that the condition of the deal's stage is evaluated with them.
    let ids = IDGenerator(clock: store.clock)
    let account: AccountID? = request.accountId ?? request.account.map { _ in ids.next() }
    let contact: ContactID = request.contactId ?? ids.next()
    let deal: DealID? = request.deal.map { _ in ids.next() }
    var wanted = request
    wanted.deal?.accountId = account
    wanted.deal?.contacts = [DealContact(contactId: contact)]
    let (dealRules, peers) = (try await deals.foreseenRules(creating: wanted.deal, call), peers)
    let (gate, member) = (gate, try gate.asMember(call))
    let mark = RequestMark(request, key: request.requestId, call)
    return try await store.write(call.tenant, as: Author(call), lock: Self.lock) {
      [wanted] transaction in
      try transaction.once(mark) {
        let made = MadeRecords(for: lead.words, in: Self.conversions, transaction)
        if let known = try made.conversion() { return known }
        if let account {
          try made.add(
            wanted.accountId == nil
              ? .make(wanted.account ?? Account(), id: account.words) : .link(account.words),
            by: AccountRules(transaction: transaction, peers: peers)
          )
        }
        try made.add(
          wanted.contactId == nil
            ? .make(wanted.contact ?? Contact(), id: contact.words) : .link(contact.words),
          by: ContactRules(transaction: transaction, peers: peers),
          changing: transaction.scope(member, .edit, of: Contact.self, gate)
        ) { person in
          guard let account, !person.accounts.contains(where: { $0.accountId == account }) else {
            return
          }
          person.accounts.append(ContactAccount(accountId: account))
        } always: {
          if let asked = wanted.contact { $0.takeWishes(of: asked) }
        }
        if let deal, let draft = wanted.deal {
          guard var rules = try dealRules(transaction) as? DealRules else {
            throw MeshError.internalFailure()
          }
          rules.lead = lead
          try made.add(.make(draft, id: deal.words), by: rules)
        }
        return Conversion(accountId: account, contactId: contact, dealId: deal)
      }
    }
  }
}

extension MadeRecords {
  /// The records made of the lead; nil when it is not converted.
  fileprivate func conversion() throws -> Conversion? {
    guard let contact = try ContactID(id(of: Contact.self)) else { return nil }
    return Conversion(
      accountId: AccountID(try id(of: Account.self)),
      contactId: contact,
      dealId: DealID(try id(of: Deal.self))
    )
  }
}
