/// What a column of a file says, whatever kind of record its rows become.
///
/// The raw values are the words of the tables in Sources.
package enum ColumnMeaning: String, CaseIterable, Sendable {
  /// Identifies the row in the system that it comes from.
  case id

  // Who it is about
  /// What the row is called: the whole name of a person, the name of a company, a deal or a task.
  case name
  case firstName = "first_name"
  case middleName = "middle_name"
  case lastName = "last_name"
  /// A salutation or an academic title.
  case namePrefix = "name_prefix"
  case nameSuffix = "name_suffix"
  case email
  case phone
  /// The country's dial code of the row's numbers, `+49`.
  case dialCode = "dial_code"
  case jobTitle = "job_title"
  case website
  case timeZone = "time_zone"
  case preferredContact = "preferred_contact"
  /// The person that somebody reports to.
  case reportsTo = "reports_to"

  // Their company
  case company
  case parentCompany = "parent_company"
  case industry
  case employees
  case annualRevenue = "annual_revenue"
  /// What an account is: a customer, a partner.
  case accountType = "account_type"

  // Addresses: parts of the same rank belong together
  case street
  /// The number of the house where it has a column of its own.
  case houseNumber = "house_number"
  /// A further line of the street.
  case streetMore = "street_more"
  case city
  case state
  case postalCode = "postal_code"
  case country
  case shippingStreet = "shipping_street"
  case shippingCity = "shipping_city"
  case shippingState = "shipping_state"
  case shippingPostalCode = "shipping_postal_code"
  case shippingCountry = "shipping_country"

  // How far it is, and whose it is
  case source
  case medium
  case campaign
  case status
  case substatus
  case lifecycle
  /// A member's address or name.
  case owner
  case team
  case description
  /// A fact that has no field, and is a line of the description with its heading.
  case note
  case tags
  case createTime = "create_time"
  case firstContactTime = "first_contact_time"
  case lastContactTime = "last_contact_time"

  // Deals
  /// The name of a deal, in files of any kind.
  case dealName = "deal_name"
  case amount
  case currency
  case stage
  /// Whether it is open, won or lost.
  case dealStatus = "deal_status"
  case pipeline
  case probability
  case expectedCloseDate = "expected_close_date"
  case closeDate = "close_date"
  case startDate = "start_date"
  case nextStep = "next_step"
  case winReason = "win_reason"
  case lossReason = "loss_reason"
  case competitor
  /// The person at the customer's.
  case contact

  // Tasks
  case dueTime = "due_time"
  case startTime = "start_time"
  case completeTime = "complete_time"
  case priority
  case category
  /// The record that a task is about.
  case related

  // Wishes not to be contacted, said with yes; and the same said with no
  case doNotContact = "do_not_contact"
  case doNotEmail = "do_not_email"
  case doNotCall = "do_not_call"
  case doNotText = "do_not_text"
  case mayContact = "may_contact"
  case mayEmail = "may_email"
  case mayCall = "may_call"
  case mayText = "may_text"

  /// Known, and of no use to anybody here: checksums, labels of other columns, pictures.
  case unused
}
