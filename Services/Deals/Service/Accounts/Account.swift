import DealsAPI
import MeshCore
import MeshPeers
import MeshRecords
import MeshStore

/// The rules of accounts: owner, parent account, and the form of phone number and domains.
struct AccountRules: RecordRules {
  static let privateColumns: Set = ["name_folded"]

  let transaction: WriteTransaction
  let peers: Peers

  func prepare(_ account: inout Account, before: Account?, _ check: inout FieldCheck) throws {
    account.phone = try peers.settings(of: transaction.tenant).phone(account.phone).text
    account.domains = check.domains(account.domains, "domains", most: 50)
    try transaction.checkHolders(of: &account, before: before, peers, &check)
    try transaction.checkParent(of: account, before: before, in: "parent_id", &check)
  }

  func derive(_ account: Account, _ columns: inout RecordColumns) {
    columns.set("name_folded", UnicodeText.folded(account.name))
  }

  func wrote(before: Account?, after: Account?) throws {
    if let after { try transaction.queueScore(of: after) }
    guard let id = after?.id ?? before?.id, (after?.domains ?? []) != (before?.domains ?? []) else {
      return
    }
    try transaction.post("DELETE FROM account_domains WHERE account_id = \(id)")
    for domain in after?.domains ?? [] {
      try transaction.post(
        "INSERT INTO account_domains (domain, account_id) VALUES (\(domain), \(id))"
      )
    }
  }
}
