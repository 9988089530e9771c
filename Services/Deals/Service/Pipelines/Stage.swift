import DealsAPI
import MeshCore
import MeshProto
import MeshRecords

/// The meaning of a stage to a deal.
enum StageKind: String, CaseIterable {
  case open, won, lost
}

extension Stage {
  /// What its `kind` means; nil for a text that is no kind, which its declaration refuses.
  var type: StageKind? { StageKind(rawValue: kind) }

  /// Fills in defaults and checks what the declaration does not say.
  ///
  /// - Parameters:
  ///   - path: of the stage in the pipeline, for errors.
  ///   - before: as it was; its condition is not checked again.
  ///   - check: collects the errors.
  mutating func complete(at path: String, before: Stage?, _ check: inout FieldCheck) {
    if kind.isEmpty { kind = StageKind.open.rawValue }
    if type == .won, probability == 0 { probability = 100 }
    let fixed: Int32? = type == .won ? 100 : type == .lost ? 0 : nil
    if let fixed, probability != fixed {
      check.refuse("\(path).probability", "must be \(fixed) in a stage of kind \(kind)")
    }
    if forecastCategory.isEmpty {
      forecastCategory = type == .won ? "closed" : type == .lost ? "omitted" : "pipeline"
    }
    let (category, isClosed) = ("\(path).forecast_category", forecastCategory == "closed")
    if type == .open, isClosed {
      check.refuse(category, "must not be closed in a stage of kind open")
    }
    if type == .lost, !isClosed, forecastCategory != "omitted", check.isFine(category) {
      check.refuse(category, "must be omitted or closed in a stage of kind lost")
    }
    if let name = requiredFields.first(where: { Deal.schema[$0]?.isInput != true }) {
      let rule = "must be fields of deals that can be set; \(name.quoted) is not"
      check.refuse("\(path).required_fields", rule)
    }
    if Set(requiredFields).count < requiredFields.count {
      check.refuse("\(path).required_fields", "must name each field once")
    }
    guard !entryCondition.isEmpty, entryCondition != before?.entryCondition else { return }
    do throws(MeshError) {
      _ = try Deal.entryConditions.compile(entryCondition)
    } catch {
      let rule = error.violations.first?.description ?? error.message
      check.refuse("\(path).entry_condition", rule)
    }
  }
}

extension Deal {
  /// The fields of a deal that a stage's condition may use: those that people set.
  static let entryConditions = RecordConditions(schema, visible: FieldSet(schema.inputs))
}
