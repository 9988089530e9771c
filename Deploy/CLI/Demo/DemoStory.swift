/// What happened with records of each kind, and meetings to come.
enum DemoStory {
  static let ofLeads: [[DemoBeat]] = [
    [
      DemoBeat(
        "call",
        -4,
        10,
        "First call",
        "Nobody answered; the mailbox asks for a short message.",
        "No answer",
        minutes: 1
      ),
      DemoBeat(
        "email",
        -3,
        9,
        "Your enquiry",
        """
        Dear {person},

        thank you for your enquiry. I tried to reach you by telephone yesterday. When would a call \
        of ten minutes suit you? The attached leaflet shows how others of your size plan their \
        routes.
        """,
        "Opened twice"
      ),
      DemoBeat(
        "call",
        -1,
        14,
        "Second call",
        """
        {person} plans 14 vans with a spreadsheet, which takes two hours each morning. Wants to \
        see the app.
        """,
        "Interested, wants a demonstration",
        minutes: 12
      ),
    ],
    [
      DemoBeat(
        "call",
        -6,
        11,
        "Where they stand",
        """
        {company} compares three vendors until the end of the month. {person} gathers the offers, \
        the managing director decides.
        """,
        "Qualified",
        minutes: 18
      ),
      DemoBeat(
        "note",
        -6,
        12,
        "What counts for them",
        """
        Price comes third. First that drivers need no training, then that it works without a \
        network.
        """
      ),
    ],
    [
      DemoBeat(
        "email",
        -8,
        16,
        "Price list",
        "Sent the price list with the tiers up to 200 vehicles.",
        "No answer yet"
      ),
      DemoBeat(
        "call",
        -2,
        9,
        "Asked about the price list",
        """
        Has read it. {person} finds the middle tier fair, and needs a figure for the board by \
        Friday.
        """,
        "Wants an offer",
        minutes: 9
      ),
    ],
    [
      DemoBeat(
        "meeting",
        -5,
        15,
        "Short demonstration",
        "{person} did not dial in. Proposed two new dates by e-mail.",
        minutes: 15,
        place: "Video call",
        state: "no_show"
      ),
      DemoBeat(
        "email",
        -5,
        16,
        "Two new dates",
        "Proposed Tuesday at ten or Thursday at two.",
        "Thursday suits"
      ),
    ],
    [
      DemoBeat(
        "note",
        -7,
        13,
        "Met at the fair",
        """
        Stood at our booth for half an hour. {company} opens a third depot in spring and looks for \
        one system for all.
        """
      )
    ],
    [
      DemoBeat(
        "call",
        -3,
        17,
        "Call in the evening",
        "{person} has no budget before the new year, and would like to be called in January.",
        "Call again in January",
        minutes: 6
      )
    ],
  ]

  static let ofCustomers: [[DemoBeat]] = [
    [
      DemoBeat(
        "meeting",
        -15,
        10,
        "Review of the quarter",
        """
        41 of 44 drivers use it each day. They miss a dark map for the night, which comes with the \
        next release.
        """,
        "Content",
        minutes: 50,
        place: "Video call"
      ),
      DemoBeat(
        "email",
        -14,
        9,
        "Minutes of the review",
        "Sent the minutes and the usage report."
      ),
    ],
    [
      DemoBeat(
        "call",
        -7,
        8,
        "Complaint",
        """
        Since Monday, tours with more than 80 stops take a minute to open. {person} was friendly, \
        but two vans left late.
        """,
        "Passed to support",
        minutes: 8
      ),
      DemoBeat(
        "note",
        -6,
        17,
        "From support",
        "A setting of the last update was the cause; it was put back at noon. Credit them one day."
      ),
      DemoBeat(
        "call",
        -5,
        10,
        "What it was",
        "Told {person} the cause. Appreciates that we called before they did.",
        "Settled",
        minutes: 5
      ),
    ],
    [
      DemoBeat(
        "call",
        -11,
        14,
        "How the training went",
        "Both groups are through. The night shift would like a date of its own.",
        "One more date",
        minutes: 13
      ),
      DemoBeat(
        "email",
        -10,
        15,
        "Reference",
        "Asked whether we may name them, and whether others may call.",
        "Yes to both"
      ),
    ],
    [
      DemoBeat(
        "note",
        -9,
        10,
        "New depot",
        "{company} builds a second depot. It will need about 30 licences from summer on."
      )
    ],
  ]

  static let toCome: [DemoBeat] = [
    DemoBeat(
      "meeting",
      1,
      10,
      "Go through the offer with {company}",
      "Have the sum over three years at hand. {person} brings someone from finance.",
      minutes: 45,
      place: "Video call",
      withBoss: true
    ),
    DemoBeat(
      "meeting",
      2,
      14,
      "Demonstration for {company}",
      "With their own stops; the link is in the invitation.",
      minutes: 60,
      place: "Video call"
    ),
    DemoBeat(
      "meeting",
      4,
      9,
      "Visit to {company}",
      "Ask for {person} at the gate. Bring safety shoes.",
      minutes: 120,
      place: "{company}"
    ),
    DemoBeat(
      "meeting",
      8,
      11,
      "Talk about next year with {company}",
      "Renewal, the new price list, and what else they plan.",
      minutes: 60,
      place: "Our office, room 2",
      withBoss: true
    ),
    DemoBeat(
      "meeting",
      12,
      15,
      "Meet the managing director of {company}",
      "{person} introduces us. Half an hour, no slides.",
      minutes: 30,
      place: "{company}"
    ),
  ]
}
