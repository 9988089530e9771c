import DealsAPI
import MeshAccess
import MeshCore
import MeshImport
import MeshLoop
import MeshRecords
import MeshStore
import TypeAPI

extension RecordImportEngines {
  /// Adds the kinds of records that Deals imports.
  @LoopActor
  mutating func add(
    _ accounts: Records<Account>,
    _ contacts: Records<Contact>,
    _ deals: Records<Deal>
  ) {
    let account = ImportRelation.records(Account.self)
    let named = [Deal.schema, Contact.schema, Account.schema]
    add(accounts, relations: ["parent_id": account], namedBy: named)
    let people = ["account_id": account, "reports_to_id": ImportRelation.records(Contact.self)]
    add(contacts, relations: people, namedBy: named)
    add(
      deals,
      relations: ["account_id": account, "pipeline_id": .records(Pipeline.self)],
      essential: ["stage"],
      complete: { try $0.complete($1, $2, &$3) }
    )
  }
}

extension Deal {
  /// Completes what a file says: a name, the key of the stage, and a reason if it is closed without one.
  fileprivate mutating func complete(
    _ source: ImportSource,
    _ transaction: WriteTransaction,
    _ remarks: inout ImportRemarks
  ) throws {
    if name.isEmpty {
      let account = try transaction.name(of: accountId, calledAs: source.names["account_id"] ?? "")
      name = [account, source.externalID].filter { !$0.isEmpty }.joined(separator: " ")
    }
    let isUnknown = pipelineId == nil && source.names["pipeline_id"] != nil
    guard !isUnknown, let pipeline = try transaction.pipeline(pipelineId) else { return }
    guard let found = stage.isEmpty ? pipeline.first(.open) : pipeline.stage(calledAs: stage) else {
      let names = pipeline.stages.map(\.displayName)
      return remarks.refuse("stage", stage, "names no stage", near: names)
    }
    stage = found.key
    // Conditions are evaluated before a transaction, when the row's references are not resolved yet.
    guard found.entryCondition.isEmpty else {
      throw ImportValueFault(conditionOf: "stage", found.displayName)
    }
    if found.type == .won, winReason.isEmpty {
      winReason = "other"
      remarks.fill("win_reason", with: "the reason other")
    }
    if found.type == .lost, lossReason.isEmpty {
      lossReason = "other"
      remarks.fill("loss_reason", with: "the reason other")
    }
  }
}

extension ReadTransaction {
  /// The name of the account that a row names, which the text is unless it is an id; empty for an id that finds none
  /// among those that whoever imports may read.
  fileprivate func name(of account: AccountID?, calledAs text: String) throws -> String {
    if AccountID(text) == nil { return text }
    let all: Scope<Account> = scope(forCalculation: "imports")
    return try account.flatMap { try record($0.words, in: all)?.name } ?? ""
  }
}

extension Pipeline {
  /// The stage of a key, or of a name in any case; none that was taken away.
  fileprivate func stage(calledAs text: String) -> Stage? {
    let name = UnicodeText.folded(TextForm.cleaned(text))
    return present(text) ?? stages.first { UnicodeText.folded($0.displayName) == name }
  }
}
