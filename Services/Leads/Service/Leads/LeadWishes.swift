import LeadsAPI
import MeshCore
import MeshCrypto
import MeshStore

/// Addresses and numbers at which somebody asked not to be contacted: the wish is theirs, and not of one lead.
struct LeadWishes: Sendable {
  enum Channel: String, CaseIterable, Sendable {
    case email, call, text
  }

  /// A way to reach somebody.
  private struct Way: Hashable {
    let channel: Channel
    let text: String

    /// What is kept of it once its lead is deleted.
    var digest: [UInt8] { SHA256.hash(Array("\(channel.rawValue)\u{0}\(text)".utf8)) }
  }

  private var refused: Set<Way> = []

  /// What is known of the ways to reach some leads.
  ///
  /// - Parameters:
  ///   - leads: with their addresses and numbers in the form in which they are kept.
  ///   - transaction: in which they are written.
  /// - Throws: `StoreError`.
  init(about leads: [Lead], _ transaction: ReadTransaction) throws {
    let ways = Array(Set(leads.flatMap(Self.ways)))
    if ways.isEmpty { return }
    let emails = ways.filter { $0.channel == .email }.map(\.text)
    let numbers = ways.filter { $0.channel == .call }.map(\.text)
    if !emails.isEmpty {
      add(
        .email,
        try transaction.rows(
          "SELECT email_folded FROM leads WHERE do_not_email AND email_folded IN (\(list: emails))"
        ) { row in try row.next(String.self) }
      )
    }
    if !numbers.isEmpty {
      add(
        .call,
        try transaction.rows(
          "SELECT phone FROM leads WHERE do_not_call AND phone IN (\(list: numbers))"
        ) { row in try row.next(String.self) }
      )
      add(
        .text,
        try transaction.rows(
          "SELECT phone FROM leads WHERE do_not_sms AND phone IN (\(list: numbers))"
        ) { row in try row.next(String.self) }
      )
    }
    let kept = Set(
      try transaction.rows(
        "SELECT digest FROM lead_wishes WHERE digest IN (\(list: ways.map(\.digest)))"
      ) { row in try row.next([UInt8].self) }
    )
    if !kept.isEmpty { refused.formUnion(ways.filter { kept.contains($0.digest) }) }
  }

  private mutating func add(_ channel: Channel, _ texts: [String]) {
    for text in texts { refused.insert(Way(channel: channel, text: text)) }
  }

  /// Notes the wishes of a lead that was written.
  mutating func note(_ lead: Lead) {
    for way in Self.ways(of: lead) where lead.refuses(way.channel) { refused.insert(way) }
  }

  /// Gives a lead the wishes of whoever has its address and number.
  func complete(_ lead: inout Lead) {
    for way in Self.ways(of: lead) where refused.contains(way) {
      switch way.channel {
      case .email: lead.doNotEmail = true
      case .call: lead.doNotCall = true
      case .text: lead.doNotSms = true
      }
    }
  }

  private static func ways(of lead: Lead) -> [Way] {
    var ways: [Way] = []
    if !lead.email.isEmpty {
      ways.append(Way(channel: .email, text: EmailAddress.folded(lead.email)))
    }
    if !lead.phone.isEmpty {
      ways.append(Way(channel: .call, text: lead.phone))
      ways.append(Way(channel: .text, text: lead.phone))
    }
    return ways
  }

  /// Keeps the wishes of a lead that is deleted, or is reached otherwise now, as digests.
  ///
  /// - Parameters:
  ///   - lead: as it was.
  ///   - after: as it is now, with wishes of its own; nil when it is deleted.
  ///   - transaction: in which it was written.
  /// - Throws: `StoreError`.
  static func keep(
    of lead: Lead,
    besides after: Lead? = nil,
    _ transaction: WriteTransaction
  ) throws {
    guard let id = lead.id else { return }
    let own = after.map { Set(ways(of: $0)) } ?? []
    for way in ways(of: lead) where lead.refuses(way.channel) && !own.contains(way) {
      try transaction.post(
        """
        INSERT INTO lead_wishes (lead_id, channel, digest)
        VALUES (\(id), \(way.channel.rawValue), \(way.digest))
        ON CONFLICT (tenant_id, lead_id, channel, digest) DO NOTHING
        """
      )
    }
  }

  /// Forgets what was kept of the address and the number that a lead has again: it has its wishes itself.
  static func forget(of lead: Lead, _ transaction: WriteTransaction) throws {
    guard let id = lead.id else { return }
    let digests = ways(of: lead).map(\.digest)
    if digests.isEmpty { return }
    try transaction.post(
      "DELETE FROM lead_wishes WHERE lead_id = \(id) AND digest IN (\(list: digests))"
    )
  }
}

extension Lead {
  /// Whether somebody asked not to be contacted so.
  fileprivate func refuses(_ channel: LeadWishes.Channel) -> Bool {
    switch channel {
    case .email: doNotEmail
    case .call: doNotCall
    case .text: doNotSms
    }
  }

  /// Whether it is reached otherwise than before.
  func isReachedOtherwise(than before: Lead?) -> Bool {
    guard let before else { return !email.isEmpty || !phone.isEmpty }
    return email != before.email || phone != before.phone
  }
}
