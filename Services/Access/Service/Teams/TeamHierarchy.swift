import MeshCore

/// Which of a tenant's teams is below which.
struct TeamHierarchy {
  /// How many teams a line may have, from the top to the deepest.
  static let mostDeep = 10

  /// Every team, with the one above it.
  private var parents: [TeamID: TeamID?] = [:]

  /// Puts a team at its new place.
  mutating func place(_ team: TeamID, below parent: TeamID?) {
    parents.updateValue(parent, forKey: team)
  }

  /// The rule that a team's place breaks; nil when it breaks none.
  func violation(of team: TeamID) -> String? {
    guard let parent = parents[team] ?? nil else { return nil }
    if parents[parent] == nil { return "must be a team of the tenant" }
    if line(to: team) == nil {
      return "must not be the team itself or one that stands below it"
    }
    let deepest = parents.keys.compactMap { line(to: $0) }.filter { $0.contains(team) }
      .map(\.count).max()
    guard let deepest, deepest > Self.mostDeep else { return nil }
    return "must leave no team more than \(Self.mostDeep) deep"
  }

  /// The teams from one up to the top, itself first; nil when they form a cycle.
  private func line(to team: TeamID) -> [TeamID]? {
    var line = [team]
    while let above = parents[line[line.count - 1]] ?? nil {
      if above == team || line.count > parents.count { return nil }
      line.append(above)
    }
    return line
  }
}
