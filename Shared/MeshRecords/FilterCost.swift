import MeshCore
import MeshLoop
import MeshProto
import MeshStore

extension Records {
  /// The error for a list that was stopped after its time limit: it names the filter's fields that have no index.
  @LoopActor
  func tooExpensive(
    _ filter: String,
    _ schema: RecordSchema,
    _ visible: FieldSet
  ) async throws -> MeshError {
    let indexed = try await store.indexedColumns(of: schema.table)
    let rest = schema.fields(of: filter, visible: visible).filter { field in
      indexed.isDisjoint(with: field.indexableColumns(schema))
    }
    return MeshError.invalid("filter", Self.rule(rest.map(\.name)), reason: .tooExpensive)
  }

  private static func rule(_ fields: [String]) -> String {
    let cost = "takes the database too long, as it goes through every record"
    let advice = "add a condition that few records meet on a field that has an index"
    if fields.isEmpty { return "\(cost); \(advice)" }
    return "\(cost): no index has \(fields.joined(separator: ", ")); \(advice)"
  }
}

extension RecordField {
  /// The columns by which an index may serve a condition on the field.
  fileprivate func indexableColumns(_ schema: RecordSchema) -> Set<String> {
    let column = columnName + (type == .money ? "_minor" : "")
    return Set([column, foldedColumn, sortKeyColumn].compactMap { $0 })
  }
}
