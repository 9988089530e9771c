import MeshAccess
import MeshCore
import Testing

@Suite struct `The teams of a tenant` {
  /// Ids in the order of their names.
  private enum Team: UInt64 {
    case sales = 1
    case north, city, port, support
  }

  private enum Person: UInt64 {
    case director = 1
    case head, rep, other, helper
  }

  private func team(_ team: Team) -> TeamID { TeamID(high: 0, low: team.rawValue) }
  private func member(_ person: Person) -> MemberID { MemberID(high: 0, low: person.rawValue) }

  /// Sales (led by the director) > north (led by its head) > city, port; and support.
  private func tree(
    inactive: Team? = nil,
    _ change: (inout [TeamID: TeamPlace]) -> Void = { _ in }
  ) -> TeamTree {
    func place(
      _ parent: Team?,
      _ manager: Person?,
      _ members: [Person]
    ) -> TeamPlace {
      TeamPlace(
        parent: parent.map { team($0) },
        manager: manager.map { member($0) },
        members: members.map { member($0) }
      )
    }
    var teams = [
      team(.sales): place(nil, .director, []),
      team(.north): place(.sales, .head, []),
      team(.city): place(.north, nil, [.rep, .other]),
      team(.port): place(.north, nil, [.rep]),
      team(.support): place(nil, nil, [.helper]),
    ]
    if let inactive { teams[team(inactive)]?.isActive = false }
    change(&teams)
    return TeamTree(teams)
  }

  private func expect(
    _ tree: TeamTree,
    _ person: Person,
    _ own: [Team],
    reaches teams: [Team],
    _ members: [Person],
    _ location: SourceLocation = #_sourceLocation
  ) {
    let expected = TeamMembership(
      own: own.map { team($0) },
      teams: teams.map { team($0) },
      members: members.map { member($0) }
    )
    #expect(tree.membership(of: member(person)) == expected, sourceLocation: location)
  }

  @Test func `let a member reach those they belong to or manage, and all below`() {
    let tree = tree()
    let all: [Team] = [.sales, .north, .city, .port]
    expect(tree, .director, [.sales], reaches: all, [.rep, .other])
    expect(tree, .head, [.north], reaches: [.north, .city, .port], [.rep, .other])
    expect(tree, .rep, [.city, .port], reaches: [.city, .port], [.rep, .other])
    expect(tree, .other, [.city], reaches: [.city], [.rep, .other])
    expect(tree, .helper, [.support], reaches: [.support], [.helper])
    #expect(tree.membership(of: MemberID(high: 0, low: 99)) == TeamMembership())
  }

  @Test func `let nobody reach records by one that is not active, but those above what it holds`() {
    let city = tree(inactive: .city)
    expect(city, .other, [], reaches: [], [])
    expect(city, .rep, [.port], reaches: [.port], [.rep])
    expect(city, .head, [.north], reaches: [.north, .city, .port], [.rep])
    let north = tree(inactive: .north)
    expect(north, .head, [], reaches: [], [])
    expect(north, .director, [.sales], reaches: [.sales, .north, .city, .port], [.rep, .other])
    #expect(!north.isActive(team(.north)) && north.isActive(team(.city)))
  }

  @Test func `are gone through once, also in a circle that should not be there`() {
    let circle = tree { $0[team(.sales)]?.parent = team(.port) }
    let all: [Team] = [.sales, .north, .city, .port]
    expect(circle, .other, [.city], reaches: [.city], [.rep, .other])
    expect(circle, .rep, [.city, .port], reaches: all, [.rep, .other])
    expect(circle, .director, [.sales], reaches: all, [.rep, .other])
  }

  @Test func `are led for their members by the managers of those at work, whoever is above`() {
    let tree = tree { teams in
      teams[team(.city)]?.manager = member(.helper)
      teams[team(.port)]?.manager = member(.rep)
      teams[team(.support)]?.manager = member(.head)
    }
    #expect(tree.managers(of: member(.rep)) == [member(.helper)], "not themself")
    #expect(tree.managers(of: member(.other)) == [member(.helper)])
    #expect(tree.managers(of: member(.helper)) == [member(.head)])
    #expect(tree.managers(of: member(.head)) == [], "leads a team, and is in none")
    let idle = self.tree(inactive: .city) { $0[team(.city)]?.manager = member(.helper) }
    #expect(idle.managers(of: member(.other)) == [])
  }

  @Test func `stand at the top where the one above is not known`() {
    let cut = tree { $0[team(.north)] = nil }
    expect(cut, .director, [.sales], reaches: [.sales], [])
    expect(cut, .head, [], reaches: [], [])
    expect(cut, .other, [.city], reaches: [.city], [.rep, .other])
  }
}
