import MeshCore

/// A record that demo work is about.
struct DemoSubject: Sendable {
  let id: RecordRef
  /// What the same work is about besides, such as the account of a deal.
  var others: [RecordRef] = []
  /// Whom there is to talk to.
  let person: String
  let company: String

  /// For the field of that name.
  var related: [RecordRef] { [id] + others }

  /// A text with the names in place of `{person}` and `{company}`.
  func fill(_ text: String) -> String {
    text.replacing("{person}", with: person).replacing("{company}", with: company)
  }
}

/// What one who sells has to work on.
struct DemoBook: Sendable {
  /// The name of a person of the tenant.
  let seller: String
  /// The hottest first.
  var leads: [DemoSubject] = []
  /// Open ones, the next to be closed first.
  var deals: [DemoSubject] = []
  var customers: [DemoSubject] = []

  /// Leads that nobody has contacted yet, for the rule about such.
  static let untouched = 2
  /// As many as there are tasks about, and those.
  static let leadCount = 7 + untouched

  /// Leads that there is work on.
  var worked: [DemoSubject] { Array(leads.prefix(Self.leadCount - Self.untouched)) }
  /// The others.
  var hot: [DemoSubject] { Array(leads.dropFirst(Self.leadCount - Self.untouched)) }
}

extension DemoTenant {
  /// Each of those who have accounts and deals once, the reps first.
  var sellerNames: [String] {
    ["rep", "manager"].flatMap { role in people.filter { $0.role == role }.map(\.name) }
  }

  /// Who has a say in what a person does: the manager of their team, or else the owner.
  func boss(of name: String) -> String {
    teams.first { $0.members.contains(name) }?.manager ?? owner.name
  }
}
