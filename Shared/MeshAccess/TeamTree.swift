package import MeshCore
import Synchronization

/// A team as record access sees it.
package struct TeamPlace: Sendable, Equatable {
  package var isActive: Bool
  /// The team that it is below; nil at the top.
  package var parent: TeamID?
  package var manager: MemberID?
  package var members: [MemberID]

  package init(
    isActive: Bool = true,
    parent: TeamID? = nil,
    manager: MemberID? = nil,
    members: [MemberID] = []
  ) {
    self.isActive = isActive
    self.parent = parent
    self.manager = manager
    self.members = members
  }
}

/// A tenant's teams, and who reaches what others hold by them.
///
/// By a team that is not active nobody reaches records: neither its members and manager, nor whoever is
/// above it by its members. What it holds itself, and the teams below it, stay with those above.
package final class TeamTree: Sendable {
  /// Members of the same teams reach the same, so that few memberships serve all of a tenant.
  private static let mostKept = 1_000

  private let teams: [TeamID: TeamPlace]
  private let below: [TeamID: [TeamID]]
  /// The active teams that each member belongs to or manages, in order.
  private let own: [MemberID: [TeamID]]
  /// Who leads the active teams that each member is in.
  private let managers: [MemberID: Set<MemberID>]
  private let kept = Mutex<[[TeamID]: TeamMembership]>([:])

  package init(_ teams: [TeamID: TeamPlace]) {
    var (below, own): ([TeamID: [TeamID]], [MemberID: Set<TeamID>]) = ([:], [:])
    var managers: [MemberID: Set<MemberID>] = [:]
    for (id, team) in teams {
      if let parent = team.parent { below[parent, default: []].append(id) }
      guard team.isActive else { continue }
      for member in team.members { own[member, default: []].insert(id) }
      guard let manager = team.manager else { continue }
      own[manager, default: []].insert(id)
      for member in team.members where member != manager {
        managers[member, default: []].insert(manager)
      }
    }
    self.teams = teams
    self.below = below
    self.own = own.mapValues { $0.sorted() }
    self.managers = managers
  }

  package func isActive(_ team: TeamID) -> Bool { teams[team]?.isActive ?? false }

  package func knows(_ team: TeamID) -> Bool { teams[team] != nil }

  /// Who leads the active teams that a member is in, each once and in order; never the member themself.
  package func managers(of member: MemberID) -> [MemberID] { managers[member]?.sorted() ?? [] }

  package func membership(of member: MemberID) -> TeamMembership {
    guard let own = own[member] else { return TeamMembership() }
    if let known = kept.withLock({ $0[own] }) { return known }
    let membership = membership(own)
    kept.withLock { kept in
      if kept.count >= Self.mostKept { kept = [:] }
      kept[own] = membership
    }
    return membership
  }

  private func membership(_ own: [TeamID]) -> TeamMembership {
    var (reached, members, pending) = (Set(own), Set<MemberID>(), own)
    while let id = pending.popLast() {
      if let team = teams[id], team.isActive { members.formUnion(team.members) }
      for team in below[id] ?? [] where reached.insert(team).inserted { pending.append(team) }
    }
    return TeamMembership(own: own, teams: reached.sorted(), members: members.sorted())
  }
}
