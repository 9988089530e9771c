package import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
package import MeshRecords
import MeshStore

/// Asks for a kind's list in every way it can be asked for, and checks how the store goes about it.
package struct ListPlans<Record: StoredRecord> {
  private let records: Records<Record>
  private let log: PlanLog
  private let small: Set<String>

  /// - Parameters:
  ///   - records: of a store whose plans are noted.
  ///   - log: where.
  ///   - small: tables of which a tenant has few rows beside those of the kinds that have a limit.
  package init(_ records: Records<Record>, _ log: PlanLog, small: Set<String> = []) {
    self.records = records
    self.log = log
    let limited = ([Record.schema] + Record.schema.parents).filter { $0.limit > 0 }
    self.small = small.union(limited.map(\.table))
      .union(Record.schema.limit > 0 ? ["mesh_documents"] : [])
  }

  /// Every order that the list offers, up and down; empty for the one that it has by itself.
  private var orders: [String] {
    let sortable = records.kind.fields.filter { $0.traits.contains(.sortable) }.map(\.name)
    return [""] + sortable + sortable.map { "\($0) desc" }
  }

  /// Indexes the words of a tenant's records, and as many words of others.
  package func indexWords(of tenant: TenantID) async throws {
    let (records, author) = (records, Author(actor: "system:test"))
    let ids = try await records.store.read(tenant) { transaction in
      try transaction.rows("SELECT id FROM \(SQL(name: Record.schema.table))") { row in
        try row.next(IDWords.self)
      }
    }
    try await records.store.write(tenant, as: author) { transaction in
      _ = try records.makeKeys(of: ids, in: transaction)
    }
    let index = SearchIndex(object: Record.schema.object)
    try await records.store.write(IDGenerator.system.next(TenantKind.self), as: author) {
      transaction in
      for (number, id) in ids.enumerated() {
        var text = SearchText()
        text.add("Another \(number)")
        try index.put(id, text, in: transaction)
      }
    }
  }

  /// What is wrong with the plans of a list.
  ///
  /// - Parameters:
  ///   - filters: conditions, each of which is tried in each order, as is none.
  ///   - words: what is searched for, in each order.
  ///   - orders: all that the list offers, unless said otherwise.
  ///   - calls: who asks.
  /// - Returns: a text for each list that has a bad plan; none when all is well.
  /// - Throws: what the list throws.
  @LoopActor
  package func faults(
    filters: [String] = [],
    words: [String] = [],
    orders: [String]? = nil,
    _ calls: [Call]
  ) async throws -> [String] {
    var faults: [String] = []
    for call in calls {
      for order in orders ?? self.orders {
        for filter in [""] + filters {
          faults += try await listFaults(filter: filter, words: "", order: order, call)
        }
        for words in words {
          faults += try await listFaults(filter: "", words: words, order: order, call)
        }
      }
    }
    return faults
  }

  /// The fault of the first page, the one after it or the last one.
  @LoopActor
  private func listFaults(
    filter: String,
    words: String,
    order: String,
    _ call: Call
  ) async throws -> [String] {
    _ = log.take()
    func page(after token: String, fromEnd: Bool = false) async throws -> String {
      try await records.encodedPage(
        filter: filter,
        words: words,
        order: order,
        size: 5,
        token: token,
        fromEnd: fromEnd,
        field: 1,
        call
      ).nextPageToken
    }
    let token = try await page(after: "")
    if !token.isEmpty { _ = try await page(after: token) }
    _ = try await page(after: "", fromEnd: true)
    let rule = PlanRule(small: small, hasFilter: !filter.isEmpty || !words.isEmpty)
    let fault = log.take().lazy.compactMap { rule.fault(of: $0) }.first
    let list = "\(records.kind.object): filter \(filter), words \(words), order \(order)"
    return fault.map { ["\(list): \($0)"] } ?? []
  }
}
