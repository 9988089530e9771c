import MeshProto
import MeshTables
import Testing

@testable import MeshImport

@Suite struct `Reading the headings of a file` {
  private static let lead = RecordSchema(
    object: "lead",
    idPrefix: "lead",
    table: "leads",
    fields: [
      RecordField("first_name", .text), RecordField("last_name", .text),
      RecordField("email", .text, label: "E-mail"), RecordField("phone", .text),
      RecordField("company_name", .text, label: "Company"), RecordField("job_title", .text),
      RecordField("company_size", .integer, label: "Employees"), RecordField("status", .text),
      RecordField("street_address", .text, label: "Street"), RecordField("city", .text),
      RecordField("do_not_email", .bool, label: "Do not e-mail"), RecordField("do_not_call", .bool),
      RecordField("owner_id", .id(prefix: "mbr")), RecordField("lifecycle_stage", .text),
      RecordField("display_name", .text, .outputOnly, label: "Name"),
      RecordField("create_time", .timestamp, .outputOnly),
    ]
  )

  private func read(
    _ headings: [String],
    _ schema: RecordSchema = lead,
    from name: String? = nil
  ) -> HeadingMeanings {
    SourceTables.known.read(headings, for: schema, relations: ["owner_id"], from: name)
  }

  @Test func `finds the fields of the record`() {
    let columns = read([
      "Vorname", "Employees", "Owner", "Erstellt am", "Name", "Ort", "Lieblingsessen",
    ])
    .columns
    #expect(
      columns.map(\.field) == [
        "first_name", "company_size", "owner_id", "create_time", "last_name", "city", nil,
      ]
    )
    #expect(
      columns.map(\.meaning) == [.firstName, nil, .owner, .createTime, .lastName, .city, nil]
    )
    #expect(columns.prefix(3).map(\.origin) == [.words, .record, .words])
    #expect(columns.map(\.isKnown) == [true, true, true, true, true, true, false])
  }

  @Test func `knows one heading in many spellings`() {
    let spellings = [
      "E-mail Address", "email_address", "EMAILADDRESS", " E-Mail-Address: ", "Émail",
    ]
    for heading in spellings {
      #expect(read([heading]).columns.first?.field == "email", "\(heading)")
    }
    #expect(read(["", "?", " "]).columns.allSatisfy { !$0.isKnown })
  }

  @Test func `orders the columns that stand for one another`() {
    let meanings = read(["Home Phone", "Mobile", "Phone", "Phone", "Work Phone"])
    #expect(meanings.columns.map(\.preference) == [4, 3, 0, 1, 2])
    #expect(meanings.columns.allSatisfy { $0.field == "phone" })
  }

  @Test func `takes a title beside a job title for a salutation`() {
    #expect(read(["Title", "Email"]).columns.first?.meaning == .jobTitle)
    #expect(read(["Title", "Email", "Job Title"]).columns.first?.meaning == .namePrefix)
  }

  @Test func `leaves a note at the end away where it is not known with it`() {
    #expect(read(["Company (legal name)"]).columns.first?.field == "company_name")
    #expect(read(["Company (legal) (name)"]).columns.first?.field == nil)
    #expect(read(["(company)"]).columns.first?.field == "company_name")
  }

  @Test func `prefers the language that knows most`() {
    #expect(
      read(["Nome", "Cognome", "Stato", "CAP"]).columns.map(\.meaning) == [
        .firstName, .lastName, .status, .postalCode,
      ]
    )
    #expect(
      read(["Nome", "Sobrenome", "Cidade", "Estado"]).columns.map(\.meaning) == [
        .firstName, .lastName, .city, .state,
      ]
    )
  }

  @Test func `tells which way a wish is said`() {
    let columns = read(["Unsubscribed", "Accepts marketing", "Do Not Call", "Do Not Contact"])
      .columns
    #expect(columns.map { $0.meaning?.wish?.isConsent } == [false, true, nil, false])
    #expect(columns[2].field == "do_not_call")
    #expect(columns[0].field == "do_not_email" && columns[1].field == "do_not_email")
    #expect(columns[3].field == nil)
    #expect(columns[3].meaning?.wish?.channels == [.email, .call, .text])
  }

  @Test func `points out what seems to be about being contacted`() {
    let headings = [
      "Consent text version", "RGPD 2024", "Opt-in source", "Werbesperre seit", "Toestemming X",
    ]
    for heading in headings {
      let column = read([heading]).columns.first
      #expect(column?.isKnown == false && column?.looksLikeWish == true, "\(heading)")
    }
    #expect(
      read(["Marketing channel", "Department", "Donor"]).columns.allSatisfy { !$0.looksLikeWish }
    )
  }

  @Test func `obeys whoever names the source`() {
    let headings = ["First Name", "UID", "Role"]
    #expect(read(headings).source == nil)
    let meanings = read(headings, from: "vcard")
    #expect(meanings.source?.label == "vCard (Apple, Thunderbird)")
    #expect(meanings.externalID?.index == 1)
    #expect(read(headings, from: "nobody").source == nil)
  }

  @Test func `leaves out what nobody has a use for`() {
    let meanings = read([
      "(Do Not Modify) Lead", "(Do Not Modify) Row Checksum", "Email", "Shoe size",
    ])
    #expect(meanings.source?.name == "dynamics")
    #expect(meanings.columns.map(\.isKnown) == [true, true, true, false])
    #expect(meanings.columns.filter { $0.meaning == .unused }.map(\.index) == [1])
    #expect(meanings.externalID?.index == 0)
  }

  @Test func `fills a field of that name from a column for which its system has no use`() {
    let schema = RecordSchema(
      object: "lead",
      idPrefix: "lead",
      table: "leads",
      fields: [
        RecordField("last_name", .text), RecordField("custom.locked", .bool, label: "Locked"),
      ]
    )
    let header = Header(["Record Id", "Lead Owner", "Last Name", "Locked"], schema, [])
    #expect(header.suggested.sourceSystem == "zoho")
    #expect(header.suggested.columns.map(\.field) == [nil, nil, "last_name", "custom.locked"])
    #expect(header.suggested.externalID == "Record Id")
    let own = Header(["Last Name", "Locked"], schema, []).suggested
    #expect(own.sourceSystem == "csv" && own.externalID == nil)
  }

  private static let said: [(field: String, meaning: ColumnMeaning?, isWish: Bool)] = [
    ("first_name", .firstName, false), ("company_name", .company, false),
    ("account_id", .company, false), ("name", .name, false), ("title", .name, false),
    ("billing_address.city", .city, false), ("do_not_email", .doNotEmail, true),
    ("email_consent", .mayEmail, true), ("sms_consent", .mayText, true),
    ("description", nil, false), ("custom.name", nil, false),
  ]

  @Test(arguments: said)
  func `knows what a field says by its own name`(
    _ name: String,
    _ meaning: ColumnMeaning?,
    _ isWish: Bool
  ) {
    let field = RecordField(name, .text)
    #expect(field.meaning == meaning)
    #expect(field.isWish == isWish)
  }

  @Test func `takes words for no value by what a field is`() {
    let kinds = ["last_name", "name", "city", "shipping_address.city", "state", "job_title"].map {
      RecordField($0, .text).placeholders
    }
    #expect(kinds == [.person, .organization, .organization, .organization, .state, .value])
  }

  @Test func `reads any headings`() {
    let long = String(repeating: "é", count: 5_000)
    let odd = ["\u{0}", "e\u{301}mail", long, "(", ")", "()", "a(", "😀 Email"]
    #expect(read(odd + odd).columns.count == 16)
  }

  @Test func `tells headings from other texts`() {
    let known = SourceTables.known.headings(for: Self.lead, relations: ["owner_id"])
    for heading in ["PLZ", "E-mail 3 - Value", "Do not e-mail", "company_size", "owner id"] {
      #expect(known.contains(heading), "\(heading)")
    }
    for text in ["12180", "", "Lead report spring", "ida@berg.example", "Berg AS"] {
      #expect(!known.contains(text), "\(text)")
    }
  }
}
