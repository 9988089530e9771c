/// Makes contacts of the lines of a file.
struct VCardReader {
  private var card: VCard?
  private var isOld = false
  /// Contacts inside of the one that is read: an agent's.
  private var nested = 0
  private var isAgentNext = false

  /// - Returns: a contact that the line ends.
  mutating func add(_ line: ArraySlice<UInt8>) -> VCard? {
    guard let property = VCardProperty(line, isOld: isOld) else { return nil }
    let isCard = ["BEGIN", "END"].contains(property.name) && property.text.uppercased() == "VCARD"
    defer { isAgentNext = property.name == "AGENT" && property.text.isEmpty }
    if isCard, property.name == "BEGIN" {
      if card != nil, isAgentNext || nested > 0 {
        nested += 1
        return nil
      }
      // The end of the one before is missing.
      let before = finish()
      card = VCard()
      return before
    }
    if nested > 0 {
      if isCard { nested -= 1 }
      return nil
    }
    if isCard { return finish() }
    if property.name == "VERSION" { isOld = property.text.hasPrefix("2") }
    card?.add(property)
    return nil
  }

  /// Ends the file.
  mutating func finish() -> VCard? {
    guard var ended = card else { return nil }
    card = nil
    nested = 0
    isOld = false
    ended.finish()
    return ended.isEmpty ? nil : ended
  }
}
