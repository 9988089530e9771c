import MeshCore

/// What the text index has of the inside of words: each three letters or digits that follow one another.
///
/// A text that contains another has all of the other's, so that few need be looked at. Only Latin letters and
/// digits have them, in the form of `SearchText`'s words.
enum SearchParts {
  private static let length = 3
  /// Of a text that is looked for: more hardly narrow anything down.
  private static let most = 6

  /// The parts of words as kept in `mesh_documents`, in order, each once.
  static func codes(of words: String) -> [UInt16] {
    var codes: Set<UInt16> = []
    var (code, run): (UInt32, Int) = (0, 0)
    for byte in words.utf8 {
      guard let digit = digit(byte) else {
        run = 0
        continue
      }
      code = (code * 36 + digit) % (36 * 36 * 36)
      run += 1
      if run >= length { codes.insert(UInt16(code)) }
    }
    return codes.sorted()
  }

  /// Some of the parts of texts, evenly spread.
  static func sample(of texts: [String]) -> [UInt16] {
    let codes = codes(of: texts.joined(separator: " "))
    guard codes.count > most else { return codes }
    return (0..<most).map { codes[$0 * (codes.count - 1) / (most - 1)] }
  }

  /// A part's letters.
  static func text(_ code: UInt16) -> String {
    let letters = [code / (36 * 36), code / 36 % 36, code % 36].map { digit in
      UInt8(digit < 10 ? digit + 48 : digit + 87)
    }
    return String(decoding: letters, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 10)
    default: nil
    }
  }
}

extension SearchText {
  /// What every document has in its words whose text contains `text`, be it loosely.
  ///
  /// - Returns: pieces of words, of three letters and digits or more; none when nothing can be told.
  package static func pieces(of text: String) -> [String] {
    // Beyond Latin, a letter's form may depend on what stands beside it.
    guard text.unicodeScalars.allSatisfy({ $0.value < 0x300 }) else { return [] }
    return SearchTerm.terms(of: text).flatMap(\.parts).filter { part in
      part.utf8.count >= 3 && part.utf8.allSatisfy { $0 < 0x80 }
    }
  }
}

/// What the text index has of a document.
struct IndexedDocument {
  let entry: Int64
  let tenant: TenantID
  let object: String
  /// As kept in `mesh_documents`.
  var words: String
  var hasParts: Bool

  private var mark: String { SearchTables.mark(tenant, object) }

  /// Words behind the mark, separated by spaces.
  var markedWords: String {
    let mark = mark
    return words.split(separator: " ").map { mark + $0 }.joined(separator: " ")
  }

  /// Parts behind their own mark, separated by spaces.
  var markedParts: String {
    guard hasParts else { return "" }
    let mark = SearchTables.partMark(tenant, object)
    return SearchParts.codes(of: words).map { mark + SearchParts.text($0) }.joined(separator: " ")
  }

  /// Parts as numbers in which the tenant and kind have a share, as an array of PostgreSQL.
  var numberedParts: String {
    guard hasParts else { return "{}" }
    let numbers = SearchTables.numbers(SearchParts.codes(of: words), tenant, object)
    return "{\(numbers.map(String.init).joined(separator: ","))}"
  }
}
