import LeadsAPI

/// How close a lead is to becoming a customer, in ascending order; a lost lead begins again.
enum LifecycleStage: String, CaseIterable, Comparable {
  case lost, lead
  case marketingQualified = "marketing_qualified"
  case salesQualified = "sales_qualified"
  case opportunity, customer

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  static func < (one: LifecycleStage, other: LifecycleStage) -> Bool { one.place < other.place }

  /// The stage of a lead that enters a status of the type from this stage.
  func entering(_ type: StatusType?) -> LifecycleStage {
    switch type {
    case .qualified, .converted: max(self, .salesQualified)
    case .unqualified, .dead: .lost
    case .new: .lead
    case .contacted, nil: self == .salesQualified || self == .lost ? .lead : self
    }
  }
}

extension Lead {
  /// Its stage; a lead without one has just come in.
  var stage: LifecycleStage {
    get { LifecycleStage(rawValue: lifecycleStage) ?? .lead }
    set { lifecycleStage = newValue.rawValue }
  }

  /// Gives a lead without a stage the one of its status's type.
  mutating func completeStage(_ type: StatusType?) {
    if lifecycleStage.isEmpty { stage = stage.entering(type) }
  }

  /// Moves the stage with the status, unless the change itself sets the stage.
  ///
  /// - Parameters:
  ///   - before: as it was; nil for a new one.
  ///   - type: its status's.
  ///   - entered: whether it enters the status by this change.
  mutating func settleStage(before: Lead?, _ type: StatusType?, entered: Bool) {
    completeStage(type)
    guard let before, before.lifecycleStage == lifecycleStage else { return }
    let isQualified = type == .qualified || type == .converted && before.qualified
    if entered || isQualified != before.qualified { stage = stage.entering(type) }
  }
}
