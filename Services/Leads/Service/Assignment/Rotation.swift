import MeshCore

/// A member of the tenant, as assignment sees them.
struct Assignee: Sendable, Equatable {
  let member: MemberID
  /// Whether they may own leads: their role may edit them.
  var mayOwn = true
  /// Whether they may import leads.
  var mayImport = true
  /// Whether new leads are assigned to them, if they may own any.
  var takesLeads: Bool
  /// The most leads they get in a day; nil for no limit.
  var dailyCap: Int?
  /// Number of their last turn, which grows with every assignment in the tenant; 0 for never.
  var lastTurn: Int64 = 0
  /// The day that `leadsToday` counts; empty before the first.
  var day = ""
  var leadsToday = 0
  /// E-mail address and full name, by which files refer to them.
  var names: [String] = []

  /// Restores saved turn counts.
  mutating func restore(lastTurn: Int64, leads: Int, on day: String) {
    self.lastTurn = lastTurn
    leadsToday = leads
    self.day = day
  }

  fileprivate func hasRoom(on today: String) -> Bool {
    guard let dailyCap else { return true }
    return day == today ? leadsToday < dailyCap : dailyCap > 0
  }

  fileprivate mutating func count(on today: String) {
    if day != today {
      day = today
      leadsToday = 0
    }
    leadsToday += 1
  }
}

/// Round robin: the lead goes to whoever has waited longest.
///
/// A member who joins or returns gets the next turn and then one in each round; missed rounds
/// are not made up.
struct Rotation: Sendable {
  private(set) var assignees: [Assignee]
  /// Members who took a turn since the rotation was loaded or saved.
  private(set) var moved: Set<MemberID> = []
  private var turn: Int64

  /// - Parameters:
  ///   - assignees: the tenant's members.
  ///   - turn: the last turn of anyone, including former members: with a lower number, a member who
  ///     returns would wait until the others have caught up.
  init(_ assignees: [Assignee], after turn: Int64) {
    self.assignees = assignees.sorted { $0.member < $1.member }
    self.turn = turn
  }

  /// Takes the next turn.
  ///
  /// - Parameter day: today, in the tenant's time zone.
  /// - Returns: nil when no member takes leads or all have reached their daily cap; the lead then
  ///   stays unassigned.
  mutating func next(on day: CalendarDate) -> MemberID? {
    let today = day.description
    let waiting = assignees.indices.filter { index in
      assignees[index].mayOwn && assignees[index].takesLeads && assignees[index].hasRoom(on: today)
    }
    guard let chosen = waiting.min(by: { assignees[$0].lastTurn < assignees[$1].lastTurn }) else {
      return nil
    }
    turn += 1
    assignees[chosen].lastTurn = turn
    assignees[chosen].count(on: today)
    moved.insert(assignees[chosen].member)
    return assignees[chosen].member
  }

  /// Clears the record of turns taken.
  mutating func forgetMoves() { moved = [] }
}
