import MeshCore

/// Something that the people of a demo tenant have done, or a meeting to come.
struct DemoActivity: Sendable {
  /// call, email, meeting or note.
  let kind: String
  /// Another one of the same subject is about other records.
  let subject: String
  var text = ""
  var outcome = ""
  var minutes: Int?
  let time: Timestamp
  /// The name of a person of the tenant.
  let member: String
  let related: [RecordRef]
  var place = ""
  var attendees: [String] = []
  /// Of a meeting that was not held; empty for the one that follows from its time.
  var state = ""
  /// Minutes before a meeting.
  var reminder: Int32?
}

/// One activity of a record's story; `{person}` and `{company}` stand for the record's names.
struct DemoBeat: Sendable {
  let kind: String
  /// Working days before today, or after it for a meeting to come.
  let day: Int
  let hour: Int
  let subject: String
  let text: String
  let outcome: String
  let minutes: Int?
  let place: String
  let state: String
  let withBoss: Bool

  init(
    _ kind: String,
    _ day: Int,
    _ hour: Int,
    _ subject: String,
    _ text: String,
    _ outcome: String = "",
    minutes: Int? = nil,
    place: String = "",
    state: String = "",
    withBoss: Bool = false
  ) {
    (self.kind, self.day, self.hour) = (kind, day, hour)
    (self.subject, self.text, self.outcome) = (subject, text, outcome)
    (self.minutes, self.place, self.state, self.withBoss) = (minutes, place, state, withBoss)
  }
}

/// The calls, e-mails, notes and meetings of a demo tenant.
struct DemoActivityPlan: Sendable {
  /// How many records of each person have a story.
  private static let counts = (leads: 6, deals: 4, customers: 3)

  let demo: DemoTenant
  let calendar: DemoCalendar
  let books: [DemoBook]

  var all: [DemoActivity] {
    books.enumerated().flatMap { number, book in
      told(DemoStory.ofLeads, of: book.worked.prefix(Self.counts.leads), book, number)
        + told(DemoStory.ofDeals, of: book.deals.prefix(Self.counts.deals), book, number)
        + told(
          DemoStory.ofCustomers,
          of: book.customers.prefix(Self.counts.customers),
          book,
          number
        )
        + toCome(book, number)
    }
  }

  /// A story of each record, the next one for the next person.
  private func told(
    _ stories: [[DemoBeat]],
    of subjects: ArraySlice<DemoSubject>,
    _ book: DemoBook,
    _ number: Int
  ) -> [DemoActivity] {
    subjects.enumerated().flatMap { place, subject in
      stories[(place + number) % stories.count].map { beat in
        activity(beat, of: subject, book, place * 3 + number)
      }
    }
  }

  private func toCome(_ book: DemoBook, _ number: Int) -> [DemoActivity] {
    let subjects = [book.deals.first, book.worked.first, book.customers.first, book.deals.last]
    return subjects.enumerated().compactMap { place, subject in
      guard let subject else { return nil }
      let beat = DemoStory.toCome[(place + number) % DemoStory.toCome.count]
      var meeting = activity(beat, of: subject, book, place * 3 + number)
      meeting.reminder = place == 0 ? 1_440 : 15
      return meeting
    }
  }

  /// What a beat comes to; its minute is shifted, so that not all calls begin on the hour.
  private func activity(
    _ beat: DemoBeat,
    of subject: DemoSubject,
    _ book: DemoBook,
    _ shift: Int
  ) -> DemoActivity {
    let boss = demo.boss(of: book.seller)
    return DemoActivity(
      kind: beat.kind,
      subject: subject.fill(beat.subject),
      text: subject.fill(beat.text),
      outcome: beat.outcome,
      minutes: beat.minutes,
      time: calendar.time(beat.day, beat.hour, beat.kind == "meeting" ? 0 : shift * 7 % 60),
      member: book.seller,
      related: subject.related,
      place: subject.fill(beat.place),
      attendees: beat.withBoss ? [boss] : [],
      state: beat.state
    )
  }
}
