import MeshCore

/// The telephone numbers of a cell, read as the country beside them says.
package struct PhoneCell: Hashable, Sendable {
  /// One of them.
  package struct Number: Hashable, Sendable {
    /// `+12125550143`, or `+12125550143 ext. 12`; the text as it is written for a number that cannot exist.
    package let text: String
    /// Whether it lies in a range that its country has assigned.
    package let isValid: Bool
    /// How it was read; nil for a text that is no number.
    package let read: PhoneParse?
  }

  /// The best is first: the first of those that can exist and is no fax, or the only one.
  package let numbers: [Number]
  /// What stood around the numbers, such as `mobile` and `mornings only`.
  package let notes: [String]

  private static let mostBytes = 1_000
  private static let mostNumbers = 10

  /// Reads a cell.
  ///
  /// `00` before a country code, `.0` behind digits that a spreadsheet took for a number, notes in
  /// parentheses or behind a number, and several numbers in one cell are understood. Nothing that cannot
  /// exist is rewritten: such a text is kept as it is.
  ///
  /// - Parameters:
  ///   - text: of the cell, without blanks around it.
  ///   - country: what the row says of its country: a name, a code of two or three letters or a dial code;
  ///     empty when it says nothing. Of a country that is not known only numbers with a country code are read.
  ///   - region: of numbers without a country code where the row says nothing: ISO 3166-1 alpha-2.
  /// - Returns: nil for a text without any number, which is empty, a word or zeros, and for one that a
  ///   spreadsheet shortened (`2.12556E+09`).
  package static func read(_ text: String, country: String = "", region: String) -> PhoneCell? {
    guard
      text.utf8.contains(where: { (0x30...0x39).contains($0) }) || text.contains(where: \.isNumber)
    else { return nil }
    if isShortened(text) || isZero(text) { return nil }
    if text.utf8.count > mostBytes {
      return PhoneCell(numbers: [Number(text: text, isValid: false, read: nil)], notes: [])
    }
    let place = PhonePlace(country: country, region: region)
    let whole = PhoneFinder.number(text, place)
    if let whole, whole.number.isValid {
      return PhoneCell(numbers: [whole.number], notes: whole.notes)
    }
    var (numbers, notes): ([Number], [String]) = ([], [])
    var faxes: Set<String> = []
    for part in PhoneFinder.parts(of: text) {
      guard PhoneFinder.hasNumber(part) else {
        notes.append(part)
        continue
      }
      let found = PhoneFinder.number(part, place)
      let number = found?.number ?? Number(text: part, isValid: false, read: nil)
      if !numbers.contains(where: { $0.text == number.text }), numbers.count < mostNumbers {
        numbers.append(number)
      }
      notes += found?.notes ?? []
      if part.lowercased().contains("fax") { faxes.insert(number.text) }
    }
    guard numbers.contains(where: \.isValid) else {
      let kept = whole?.number ?? Number(text: text, isValid: false, read: nil)
      return PhoneCell(numbers: [Number(text: text, isValid: false, read: kept.read)], notes: [])
    }
    let valid = numbers.filter(\.isValid)
    let sorted =
      valid.filter { !faxes.contains($0.text) } + valid.filter { faxes.contains($0.text) }
      + numbers.filter { !$0.isValid }
    return PhoneCell(numbers: sorted, notes: notes)
  }

  /// Whether all of a number's digits are zeros, as where somebody had to enter one: `000-000-0000`.
  private static func isZero(_ text: String) -> Bool {
    text.utf8.count <= 40 && text.utf8.allSatisfy { " +-./()0".utf8.contains($0) }
  }

  /// Whether a spreadsheet left only a number's first digits.
  package static func isShortened(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= 40, let power = bytes.lastIndex(where: { $0 | 0x20 == UInt8(ascii: "e") })
    else { return false }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    let front = bytes[..<power].drop { $0 <= 0x20 || $0 == UInt8(ascii: "+") }
    let back = bytes[bytes.index(after: power)...].prefix { $0 > 0x20 }
    let digits = back.first == UInt8(ascii: "+") ? back.dropFirst() : back
    return front.first.map(isDigit) == true
      && front.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
      && (1...3).contains(digits.count) && digits.allSatisfy(isDigit)
  }
}

/// Where a number is dialled.
struct PhonePlace {
  /// `ZZ` for none: the row names a country that is not known, and is not the tenant's for that.
  let region: String
  /// The dial code that the row gives; nil when it names a country or nothing.
  let dialCode: Int?

  init(country: String, region: String) {
    let named = country.isEmpty ? nil : CountryName.region(of: country)
    self.region = named ?? (country.isEmpty ? region : "ZZ")
    dialCode = named.flatMap { _ in
      CountryName.dialRegion(of: country).flatMap { CountryName.dialCode(of: $0) }
    }
  }
}
