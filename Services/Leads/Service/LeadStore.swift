import MeshCore
import MeshStore
import TypeAPI

/// All SQL of leads. Every statement sees the transaction's tenant alone.
extension ReadTransaction {
  /// The lead of that id among those that `access` includes; nil when there is none.
  func lead(_ id: LeadID, _ access: SQL = "TRUE") throws -> Lead? {
    try first("SELECT \(LeadRow.columns) FROM leads WHERE id = \(id) AND (\(access))") { row in
      try LeadRow.lead(&row)
    }
  }

  /// The oldest lead before `id` with the same e-mail address, or the same phone number and name.
  func original(of keys: DuplicateKeys, before id: LeadID) throws -> Original? {
    let byEmail = keys.email.isEmpty ? nil : try oldest("email_key = \(keys.email)", before: id)
    let byPhone =
      keys.phone.isEmpty
      ? nil : try oldest("phone_key = \(keys.phone) AND phone_key <> ''", before: id)
    guard let byEmail else { return byPhone }
    guard let byPhone else { return byEmail }
    return byEmail.id < byPhone.id ? byEmail : byPhone
  }

  /// The first match in the order of ids, which is that of creation.
  ///
  /// A lead that is a duplicate itself passes its original on, so that every link leads to a lead that
  /// repeats none.
  private func oldest(_ match: SQL, before id: LeadID) throws -> Original? {
    try first(
      """
      SELECT id, duplicate_of, owner_id FROM leads WHERE \(match) AND id < \(id)
      ORDER BY id LIMIT 1
      """
    ) { row in
      let id: LeadID = try row.next()
      let original: LeadID? = try row.next()
      return Original(id: original ?? id, owner: try row.next())
    }
  }

  /// Leads that are linked to an original, oldest first.
  func duplicates(of id: LeadID) throws -> [Lead] {
    try rows(
      "SELECT \(LeadRow.columns) FROM leads WHERE duplicate_of = \(id) ORDER BY id"
    ) { row in try LeadRow.lead(&row) }
  }

  /// One page of the leads that a query finds among those that `access` includes, and how many it
  /// finds in all, counted to 1,000.
  func leads(
    _ query: LeadQuery,
    _ access: SQL,
    _ request: PageRequest
  ) throws -> (page: Page<Lead>, count: CappedCount) {
    var source: SQL = "leads"
    var conditions = [query.condition, access]
    var order = query.keyset
    if let matches = try leadSearch.matches(query.words, in: self) {
      if query.isNewestFirst {
        source = "\(matches.found) CROSS JOIN leads"
        conditions.append("leads.id = found.id")
        order = SearchMatches.newestFirst
      } else {
        conditions.append(matches.contains("leads.id"))
      }
    }
    let page = try page(
      LeadRow.columns,
      from: source,
      where: conditions.allHold,
      by: order,
      request,
      bound: query.binding
    ) { row in try LeadRow.lead(&row) }
    return (page, try count(from: source, where: conditions.allHold))
  }

  /// Leads after one in the order of ids, for work that goes through all of them.
  func leads(after id: LeadID?, limit: Int) throws -> [Lead] {
    let after: SQL = id.map { "id > \($0)" } ?? "TRUE"
    return try rows(
      "SELECT \(LeadRow.columns) FROM leads WHERE \(after) ORDER BY id LIMIT \(limit)"
    ) { row in try LeadRow.lead(&row) }
  }
}

extension WriteTransaction {
  func insert(_ lead: Lead, _ keys: DuplicateKeys) throws {
    let profile = lead.profile
    try execute(
      """
      INSERT INTO leads (
        id, version, first_name, last_name, last_name_key, email, email_key, phone, phone_key,
        phone_valid, job_title, company_name, company_key, industry, company_size,
        annual_revenue_minor, annual_revenue_currency, website, street_address, city, state,
        postal_code, country, source, medium, campaign, status, owner_id, score, band,
        score_breakdown, duplicate_of, do_not_email, do_not_call, do_not_sms,
        preferred_contact_method, time_zone, description, create_time, update_time,
        last_activity_time
      ) VALUES (
        \(lead.id), \(lead.version), \(profile.firstName), \(profile.lastName),
        \(profile.lastName.lowercased()), \(profile.email), \(keys.email), \(profile.phone),
        \(keys.phone), \(lead.phoneIsValid), \(profile.jobTitle), \(profile.companyName),
        \(profile.companyName.lowercased()), \(profile.industry), \(profile.companySize),
        \(profile.annualRevenue?.amountMinor), \(profile.annualRevenue?.currency.description),
        \(profile.website), \(profile.streetAddress), \(profile.city), \(profile.state),
        \(profile.postalCode), \(profile.country), \(profile.source), \(profile.medium),
        \(profile.campaign), \(profile.status), \(lead.owner), \(lead.score.points),
        \(lead.score.band.rawValue), \(BreakdownText.encode(lead.score.breakdown)),
        \(lead.duplicateOf), \(profile.doNotEmail), \(profile.doNotCall), \(profile.doNotSMS),
        \(profile.preferredContactMethod), \(profile.timeZone), \(profile.description),
        \(lead.createTime), \(lead.updateTime), \(lead.lastActivityTime)
      )
      """
    )
  }

  /// Writes every value of a lead that exists.
  func update(_ lead: Lead, _ keys: DuplicateKeys) throws {
    let profile = lead.profile
    try execute(
      """
      UPDATE leads SET
        version = \(lead.version), first_name = \(profile.firstName),
        last_name = \(profile.lastName), last_name_key = \(profile.lastName.lowercased()),
        email = \(profile.email), email_key = \(keys.email), phone = \(profile.phone),
        phone_key = \(keys.phone), phone_valid = \(lead.phoneIsValid),
        job_title = \(profile.jobTitle), company_name = \(profile.companyName),
        company_key = \(profile.companyName.lowercased()), industry = \(profile.industry),
        company_size = \(profile.companySize),
        annual_revenue_minor = \(profile.annualRevenue?.amountMinor),
        annual_revenue_currency = \(profile.annualRevenue?.currency.description),
        website = \(profile.website), street_address = \(profile.streetAddress),
        city = \(profile.city), state = \(profile.state), postal_code = \(profile.postalCode),
        country = \(profile.country), source = \(profile.source), medium = \(profile.medium),
        campaign = \(profile.campaign), status = \(profile.status), owner_id = \(lead.owner),
        score = \(lead.score.points), band = \(lead.score.band.rawValue),
        score_breakdown = \(BreakdownText.encode(lead.score.breakdown)),
        duplicate_of = \(lead.duplicateOf), do_not_email = \(profile.doNotEmail),
        do_not_call = \(profile.doNotCall), do_not_sms = \(profile.doNotSMS),
        preferred_contact_method = \(profile.preferredContactMethod),
        time_zone = \(profile.timeZone), description = \(profile.description),
        update_time = \(lead.updateTime), last_activity_time = \(lead.lastActivityTime)
      WHERE id = \(lead.id)
      """
    )
  }

  func deleteLead(_ id: LeadID) throws {
    try execute("DELETE FROM leads WHERE id = \(id)")
  }

  /// Makes a lead findable by its names, company, address and number.
  func index(_ lead: Lead) throws {
    var text = SearchText()
    text.add(lead.profile.firstName)
    text.add(lead.profile.lastName)
    text.add(lead.profile.companyName)
    text.add(lead.profile.email)
    text.addPhone(lead.profile.phone)
    try leadSearch.put(lead.id.words, text, in: self)
  }

  func unindex(_ id: LeadID) throws { try leadSearch.remove(id.words, in: self) }
}

private let leadSearch = SearchIndex(object: "lead")

/// The columns of a lead, in the order they are read.
enum LeadRow {
  static let columns: SQL = """
    leads.id, version, first_name, last_name, email, phone, phone_valid, job_title, company_name,
    industry, company_size, annual_revenue_minor, annual_revenue_currency, website,
    street_address, city, state, postal_code, country, source, medium, campaign, status,
    owner_id, score, score_breakdown, duplicate_of, do_not_email, do_not_call, do_not_sms,
    preferred_contact_method, time_zone, description, create_time, update_time,
    last_activity_time
    """

  static func lead(_ row: inout Row) throws -> Lead {
    let id: LeadID = try row.next()
    let version: Int64 = try row.next()
    var profile = LeadProfile()
    profile.firstName = try row.next()
    profile.lastName = try row.next()
    profile.email = try row.next()
    profile.phone = try row.next()
    let phoneIsValid: Bool = try row.next()
    profile.jobTitle = try row.next()
    profile.companyName = try row.next()
    profile.industry = try row.next()
    profile.companySize = try row.next(Int64?.self).map(Int32.init(clamping:))
    profile.annualRevenue = try money(&row)
    profile.website = try row.next()
    profile.streetAddress = try row.next()
    profile.city = try row.next()
    profile.state = try row.next()
    profile.postalCode = try row.next()
    profile.country = try row.next()
    profile.source = try row.next()
    profile.medium = try row.next()
    profile.campaign = try row.next()
    profile.status = try row.next()
    let owner: MemberID? = try row.next()
    let points: Int = try row.next()
    let breakdown = BreakdownText.decode(try row.next())
    let duplicateOf: LeadID? = try row.next()
    profile.doNotEmail = try row.next()
    profile.doNotCall = try row.next()
    profile.doNotSMS = try row.next()
    profile.preferredContactMethod = try row.next()
    profile.timeZone = try row.next()
    profile.description = try row.next()
    return Lead(
      id: id,
      version: version,
      profile: profile,
      phoneIsValid: phoneIsValid,
      owner: owner,
      score: Score(points: points, breakdown: breakdown),
      duplicateOf: duplicateOf,
      createTime: try row.next(),
      updateTime: try row.next(),
      lastActivityTime: try row.next()
    )
  }

  private static func money(_ row: inout Row) throws -> Money? {
    let amount: Int64? = try row.next()
    let currency: String? = try row.next()
    guard let amount, let currency = currency.flatMap(CurrencyCode.init) else { return nil }
    return Money(amountMinor: amount, currency: currency)
  }
}

/// A score's components as one text: a line a rule, with id, points and name between tabs.
enum BreakdownText {
  static func encode(_ components: [Score.Component]) -> String {
    components.map { "\($0.rule)\t\($0.points)\t\($0.name)" }.joined(separator: "\n")
  }

  static func decode(_ text: String) -> [Score.Component] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let rule = ScoringRuleID(String(parts[0])), let points = Int(parts[1])
      else { return nil }
      return Score.Component(rule: rule, name: String(parts[2]), points: points)
    }
  }
}
