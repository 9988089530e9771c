import DealsAPI
import MeshCore
import MeshPeers
import MeshRecords
import MeshStore

/// The rules of contacts: names, phone numbers, owners, accounts, reporting lines and duplicates.
struct ContactRules: RecordRules {
  static let privateColumns: Set = [DuplicateKeys.phoneColumn]

  let transaction: WriteTransaction
  let peers: Peers

  func prepare(_ contact: inout Contact, before: Contact?, _ check: inout FieldCheck) throws {
    contact.checkName(&check)
    let settings = try peers.settings(of: transaction.tenant)
    (contact.phone, contact.phoneValid) = settings.phone(contact.phone)
    try transaction.checkHolders(of: &contact, before: before, peers, &check)
    try checkAccounts(of: &contact, before: before, &check)
    try transaction.checkParent(of: contact, before: before, in: "reports_to_id", &check)
    guard check.violations.isEmpty else { return }
    try ContactConsents(transaction).complete(&contact, before: before)
    try transaction.linkOriginal(of: &contact, before: before)
  }

  /// Others with the same address or number may have denied consent since it was deleted.
  func restore(_ contact: inout Contact) throws {
    try ContactConsents(transaction).complete(&contact, before: nil)
  }

  private func checkAccounts(
    of contact: inout Contact,
    before: Contact?,
    _ check: inout FieldCheck
  ) throws {
    contact.joinAccounts(before: before)
    contact.checkDates(&check)
    let known = (before?.accounts ?? []).map(\.accountId)
    if let main = contact.accountId, !known.contains(main) {
      try transaction.checkNamed(Account.self, main.words, "account_id", &check)
    }
    let ids = contact.accounts.map(\.accountId)
    try transaction.checkNamed(Account.self, ids, known: known + [contact.accountId], &check) {
      "accounts[\($0)].account_id"
    }
  }

  func check(_ values: Contact, of fields: Set<String>, _ check: inout FieldCheck) {
    if fields.isSuperset(of: ["first_name", "last_name"]) { values.checkName(&check) }
  }

  func derive(_ contact: Contact, _ columns: inout RecordColumns) {
    columns.set(DuplicateKeys.phoneColumn, DuplicateKeys(of: contact).phone)
  }

  func wrote(before: Contact?, after: Contact?) throws {
    try ContactConsents(transaction).note(before: before, after: after)
    try transaction.relinkDuplicates(before: before, after: after, by: self)
  }
}

extension Contact {
  fileprivate func checkName(_ check: inout FieldCheck) {
    if firstName.isEmpty && lastName.isEmpty {
      check.refuse("last_name", "must have a value when there is no first name")
    }
  }

  /// Makes sure that the main account is one of the contact's accounts.
  fileprivate mutating func joinAccounts(before: Contact?) {
    if let main = accountId, !accounts.contains(where: { $0.accountId == main }) {
      // A main account that was removed from the list, and not set in the same change, is no longer the main one.
      if main == before?.accountId, accounts != before?.accounts {
        accountId = nil
      } else {
        accounts.append(ContactAccount(accountId: main))
      }
    }
    if accountId == nil { accountId = accounts.first { $0.endDate == nil }?.accountId }
    accountIds = accounts.compactMap(\.accountId)
  }

  fileprivate func checkDates(_ check: inout FieldCheck) {
    for (index, entry) in accounts.enumerated() {
      if let start = entry.startDate, let end = entry.endDate, end < start {
        check.refuse("accounts[\(index)].end_date", "must not be before start_date")
      }
    }
  }
}
