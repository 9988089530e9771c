extension DemoStory {
  static let ofDeals: [[DemoBeat]] = [
    [
      DemoBeat(
        "call",
        -18,
        10,
        "Introduction",
        """
        Asked how drivers get their routes today: on printed lists that are changed by telephone. \
        {person} wants to see the app with their own stops.
        """,
        "Wants a demonstration",
        minutes: 25
      ),
      DemoBeat(
        "email",
        -14,
        9,
        "Agenda of the demonstration",
        "Sent the agenda, and asked for twenty addresses to plan with.",
        "Answered the same day"
      ),
      DemoBeat(
        "meeting",
        -9,
        14,
        "Demonstration at {company}",
        """
        The dispatchers found three of their streets in the wrong order, and had them changed in a \
        minute. That convinced them more than our slides.
        """,
        "Dispatchers are convinced",
        minutes: 60,
        place: "{company}",
        withBoss: true
      ),
      DemoBeat(
        "note",
        -8,
        11,
        "Who decides",
        """
        {person} decides together with finance. The budget is for this quarter: what is not signed \
        by its end waits for half a year.
        """
      ),
      DemoBeat(
        "email",
        -3,
        10,
        "Offer",
        """
        Dear {person},

        as agreed, here is our offer for three years, with the training of all drivers in two \
        groups. It holds until the end of next month.
        """,
        "Read by three people"
      ),
    ],
    [
      DemoBeat(
        "call",
        -12,
        15,
        "Questions about the contract",
        """
        Legal wants a notice period of three months instead of six. That is possible in a contract \
        of three years.
        """,
        "Agreed",
        minutes: 22
      ),
      DemoBeat(
        "note",
        -12,
        16,
        "Competitor",
        """
        Another vendor offers 15 % less in the first year, and takes it back in the second. Show \
        {person} the sum over three years.
        """
      ),
      DemoBeat(
        "call",
        -5,
        9,
        "Sum over three years",
        """
        Went through both offers line by line. Ours costs 4 % less over three years, as updates \
        are included.
        """,
        "Stays with us if the start is in spring",
        minutes: 31
      ),
    ],
    [
      DemoBeat(
        "meeting",
        -16,
        11,
        "Tour of the warehouse",
        """
        Saw how the morning tour is loaded. Two of five gates stand idle while the list is \
        printed.
        """,
        "Pilot agreed",
        minutes: 90,
        place: "{company}"
      ),
      DemoBeat(
        "email",
        -13,
        8,
        "Plan of the pilot",
        "Five drivers for four weeks, one report a week.",
        "Confirmed"
      ),
      DemoBeat(
        "call",
        -6,
        13,
        "First week of the pilot",
        """
        11 % fewer kilometres than in the same week of last year. One driver wants the old list \
        back.
        """,
        "Going well",
        minutes: 14
      ),
      DemoBeat(
        "email",
        -1,
        16,
        "Report of the second week",
        "13 % fewer kilometres, two complaints less. {person} shows it to the board on Monday.",
        "Forwarded to the board"
      ),
    ],
    [
      DemoBeat(
        "call",
        -10,
        10,
        "Budget",
        """
        The budget is approved, but purchasing must see three offers above this amount. {person} \
        asks for patience.
        """,
        "Waits for purchasing",
        minutes: 11
      ),
      DemoBeat(
        "meeting",
        -4,
        9,
        "Talk with purchasing",
        "They asked to pay by the month, and for a second contact in support. Both are possible.",
        "Decision within two weeks",
        minutes: 45,
        place: "Video call",
        withBoss: true
      ),
    ],
    [
      DemoBeat(
        "email",
        -9,
        12,
        "Security questionnaire",
        "62 questions about where data is kept, who reads it and how it is backed up.",
        "Due next week"
      ),
      DemoBeat(
        "note",
        -7,
        15,
        "From our operations",
        "Answers 14 to 22 are new since last year: restoring a backup is tested each month now."
      ),
      DemoBeat(
        "call",
        -2,
        11,
        "Questions about the answers",
        """
        Their security officer accepts all answers but one: sessions should end after 15 minutes. \
        That is a setting.
        """,
        "Cleared",
        minutes: 27
      ),
    ],
  ]
}
