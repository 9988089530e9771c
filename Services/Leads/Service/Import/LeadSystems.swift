import MeshImport

/// Headings of lead columns in exports of other systems and in other files.
enum LeadSystems {
  static let all = [
    KnownSystem(
      "salesforce",
      marks: ["LastName", "LeadSource", "IsConverted"],
      externalIDs: ["Id"],
      fields: [
        ["street_address": ["Street"], "do_not_email": ["HasOptedOutOfEmail"]],
        common,
      ]
    ),
    KnownSystem(
      "zoho",
      marks: ["Last Name", "Lead Source", "Lead Status", "Lead Owner"],
      externalIDs: ["LEADID", "Record Id", "Lead Id"],
      fields: [common]
    ),
    KnownSystem("csv", externalIDs: ["external_id", "Lead Id"], fields: [common]),
  ]

  /// Headings by the field they fill.
  static let common = [
    "first_name": ["First Name", "Given Name", "Forename"],
    "last_name": ["Last Name", "Surname", "Family Name"],
    "email": ["Email", "E-mail Address", "Email Address"],
    "phone": ["Phone", "Mobile", "Mobile Phone", "Phone Number", "Telephone"],
    "job_title": ["Title", "Job Title", "Position", "Designation"],
    "company_name": ["Company", "Company Name", "Account Name", "Organization", "Organisation"],
    "industry": ["Industry"],
    "company_size": [
      "NumberOfEmployees", "No. of Employees", "Employees", "Company Size", "Number of Employees",
    ],
    "annual_revenue": ["Annual Revenue", "Revenue"],
    "website": ["Website", "Web Site", "URL"],
    "street_address": ["Street", "Street Address", "Address", "Address Line 1"],
    "city": ["City", "Town"],
    "state": ["State", "Province", "State/Province", "County"],
    "postal_code": ["Postal Code", "Zip", "Zip Code", "Postcode"],
    "country": ["Country"],
    "source": ["Lead Source", "Source"],
    "medium": ["Medium", "utm_medium"],
    "campaign": ["Campaign", "utm_campaign"],
    "status": ["Status", "Lead Status"],
    "substatus": ["Substatus", "Sub-Status", "Lead Substatus"],
    "lifecycle_stage": ["Lifecycle Stage"],
    "do_not_email": ["Do Not Email", "Email Opt Out"],
    "do_not_call": ["Do Not Call"],
    "do_not_sms": ["Do Not SMS"],
    "preferred_contact_method": ["Preferred Contact Method"],
    "time_zone": ["Time Zone", "Timezone"],
    "description": ["Description", "Notes", "Comments"],
  ]
}
