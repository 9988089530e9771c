import MeshCore
import MeshLoop
package import MeshProto
package import MeshRecords
import MeshStore
package import TypeAPI

/// The imports of a service that imports one or several kinds of records into one database.
package struct RecordImportEngines: Sendable {
  private var engines: [any AnyImportEngine] = []
  private let around: ImportSurroundings
  private let service: String
  private let failed: @Sendable (ImportID?, any Error) -> Void

  /// Begins without a kind of record; at least one has to be added.
  ///
  /// - Parameters:
  ///   - around: what the service knows of tenants and members.
  ///   - service: the service's name, for the change log.
  ///   - failed: called for each step that failed and will be retried.
  package init(
    _ around: ImportSurroundings,
    service: String,
    failed: @escaping @Sendable (ImportID?, any Error) -> Void
  ) {
    self.around = around
    self.service = service
    self.failed = failed
  }

  /// Adds a kind of record, whose rows become records by the same rules as what people write.
  ///
  /// - Parameters:
  ///   - records: of that kind.
  ///   - relations: the fields that refer to other records; owners are found among the members.
  ///   - essential: the fields without whose values a row must not become a record, besides its references.
  ///   - namedBy: the kinds whose records may refer to one of this kind.
  ///   - complete: completes a row in further ways.
  @LoopActor
  package mutating func add<Record: StoredRecord>(
    _ records: Records<Record>,
    relations: [String: ImportRelation],
    essential: Set<String> = [],
    namedBy: [RecordSchema] = [],
    complete: @escaping RecordImportPlan<Record>.Complete = { _, _, _, _ in }
  ) {
    let plan = RecordImportPlan<Record>(
      relations: relations,
      around,
      essential: essential,
      namedBy: namedBy,
      complete: complete,
      rules: records.rules
    )
    engines.append(
      ImportEngine(plan, records.store, records.gate, service: service, failed: failed)
    )
  }

  /// An engine for what does not depend on the kind of record.
  var first: any AnyImportEngine { engines[0] }

  /// - Throws: INVALID_ARGUMENT for a kind of record that the service does not import.
  func engine(for object: String) throws(MeshError) -> any AnyImportEngine {
    if let engine = engines.first(where: { $0.object == object }) { return engine }
    let objects = engines.map(\.object).joined(separator: ", ")
    throw .invalid("object", "must be one of \(objects), not \(object.quoted)")
  }

  /// Processes the imports of each kind, until cancelled.
  package var work: [@LoopActor () async -> Void] {
    engines.map { engine in { await engine.run() } }
  }
}
