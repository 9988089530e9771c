import TypeAPI

/// What a lead is worth, and why.
struct Score: Sendable, Equatable {
  /// 0...100.
  let points: Int
  /// The rules that made it, most points first.
  let breakdown: [Component]

  /// One rule's part.
  struct Component: Sendable, Equatable {
    let rule: ScoringRuleID
    /// The rule's name when it was applied.
    let name: String
    let points: Int
  }

  static let none = Score(points: 0, breakdown: [])

  init(points: Int, breakdown: [Component]) {
    self.points = points
    self.breakdown = breakdown
  }

  /// The sum of the components, clamped to 0...100.
  init(of components: [Component]) {
    let total = components.reduce(0) { $0 + $1.points }
    points = min(max(total, 0), 100)
    breakdown = components.sorted { ($1.points, $0.name) < ($0.points, $1.name) }
  }

  var band: Band { Band(points: points) }
}

/// What a score means to a person.
enum Band: String, Sendable, CaseIterable {
  case cold
  case warm
  case hot
  case veryHot = "very_hot"

  init(points: Int) {
    self =
      switch points {
      case ...30: .cold
      case ...50: .warm
      case ...70: .hot
      default: .veryHot
      }
  }
}
