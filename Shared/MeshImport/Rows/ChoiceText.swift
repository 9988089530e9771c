import MeshProto

// Values of fields that have a fixed list of choices, in the words of other systems.
extension RecordField {
  /// The choice that a text means: its words in any case and with any marks between them, or what others call it.
  ///
  /// - Returns: nil when it means none, and for fields without choices.
  func choice(of text: String) -> String? {
    if rule.choices.isEmpty { return nil }
    let key = HeadingKey(text)
    if key.isEmpty { return nil }
    return rule.choices.first { HeadingKey($0) == key }
      ?? rule.choices.first { Self.otherWords[$0]?.contains(key) == true }
  }

  /// What the exports of Salesforce, HubSpot, Zoho, Dynamics, Outlook and their kind call our choices.
  private static let otherWords: [String: Set<HeadingKey>] = [
    "todo": ["Not started", "Open", "New", "To do", "Planned"],
    "in_progress": ["Started", "Working on it", "Doing", "Active"],
    "waiting": [
      "Waiting on someone else", "Waiting for someone else", "Waiting for input", "Deferred",
      "On hold", "Pending", "Pending input",
    ],
    "completed": ["Complete", "Done", "Closed", "Finished"],
    "cancelled": ["Canceled", "Not applicable"],
    "medium": ["Normal", "Moderate"],
    "urgent": ["Highest", "Critical", "Immediate"],
    "low": ["Lowest"],
    "one_off": ["One time", "Once"],
    "mrr": ["Monthly"],
    "arr": ["Annual", "Yearly"],
  ].mapValues { words in Set(words.map { HeadingKey($0) }) }
}
