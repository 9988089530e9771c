import LeadsAPI
import MeshRecords

/// A lead's score and its breakdown.
struct Score: Sendable, Equatable {
  /// 0...100.
  let points: Int
  /// The rules that matched, most points first.
  let breakdown: [ScoreComponent]

  static let none = Score(points: 0, breakdown: [])

  init(points: Int, breakdown: [ScoreComponent]) {
    self.points = points
    self.breakdown = breakdown
  }

  /// The sum of the components, clamped to 0...100.
  init(of components: [ScoreComponent]) {
    points = Self.clamped(components.reduce(0) { $0 + Int($1.points) })
    breakdown = components.sorted { ($1.points, $0.name) < ($0.points, $1.name) }
  }

  /// The points of a lead whose rules add up to `total`.
  static func clamped(_ total: Int) -> Int { Points.score(of: total) }

  var band: Band { Band(points: points) }
}

/// The range of a score, as people see it.
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
