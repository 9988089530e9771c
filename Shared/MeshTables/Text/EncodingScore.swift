import Glibc

/// How well words read in an encoding: the sum of the logarithms of what is likely in them.
enum EncodingScore {
  /// The encoding in which words are most likely written.
  ///
  /// - Parameters:
  ///   - words: with bytes that are not of ASCII.
  ///   - mayBeUTF8: whether UTF-8 with many broken bytes is possible.
  /// - Returns: Windows-1252 when nothing speaks for another.
  static func best(for words: [[UInt8]], mayBeUTF8: Bool) -> TableEncoding {
    var western = scores(of: words, .windows1252)
    var central = scores(of: words, .windows1250)
    // Words that read the same in both say nothing of the one or the other.
    for index in words.indices where western[index].text == central[index].text {
      let score = max(western[index].score, central[index].score)
      western[index].score = score
      central[index].score = score
    }
    var candidates: [(encoding: TableEncoding, score: Double)] = [
      (.windows1252, total(western) + 1.5), (.windows1250, total(central)),
    ]
    for encoding in [TableEncoding.windows1251, .macRoman, .shiftJIS, .gb18030] {
      candidates.append((encoding, total(scores(of: words, encoding))))
    }
    if mayBeUTF8 { candidates.append((.utf8, total(scores(of: words, .utf8)))) }
    return candidates.max { $0.score < $1.score }?.encoding ?? .windows1252
  }

  private typealias Scored = (text: [Unicode.Scalar], score: Double)

  private static func total(_ words: [Scored]) -> Double { words.reduce(0) { $0 + $1.score } }

  /// The score of each word as it reads in an encoding.
  private static func scores(of words: [[UInt8]], _ encoding: TableEncoding) -> [Scored] {
    let decoder = CellDecoder(encoding)
    let texts = words.map { bytes in
      var isBroken = false
      return Array(decoder.text(of: bytes.span, &isBroken).unicodeScalars)
    }
    let languages = languages(of: encoding)
    if languages.isEmpty { return texts.map { ($0, ideographs($0, encoding)) } }
    // A file is mostly in one language or two: what the words of one pass are in is likely in the next.
    var shares = [Double](repeating: 0, count: languages.count)
    for text in texts {
      let all = languages.map { letters(text, $0) }
      if let most = all.max(), let first = all.firstIndex(of: most) { shares[first] += 1 }
    }
    let total = Double(texts.count) + Double(languages.count) / 2
    let weights = shares.map { log(($0 + 0.5) / total) }
    return texts.map { text in
      let best = zip(languages, weights).map { letters(text, $0) + $1 }.max() ?? 0
      return (text, best + WordShape.score(text))
    }
  }

  private static func languages(of encoding: TableEncoding) -> [LetterModel.Language] {
    switch encoding {
    case .windows1252, .macRoman: LetterModel.western
    case .windows1250: LetterModel.central
    case .windows1251: LetterModel.eastern
    case .utf8, .utf16LE, .utf16BE: LetterModel.western + LetterModel.central + LetterModel.eastern
    case .shiftJIS, .gb18030: []
    }
  }

  /// How likely the letters of a word are in a language.
  private static func letters(_ text: [Unicode.Scalar], _ language: LetterModel.Language) -> Double
  {
    var sum = 0.0
    for scalar in text where !scalar.isASCII {
      if let rate = language.letters[WordShape.lower(scalar)] {
        sum += log(rate)
      } else {
        sum += scalar.properties.isAlphabetic ? -9.5 : symbol(scalar)
      }
    }
    return sum
  }

  private static func symbol(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "\u{FFFD}": -14
    case "’", "‘", "“", "”", "–", "—", "…", "€", "«", "»", "\u{A0}", "№": -5
    default: -9
    }
  }

  /// How likely the characters of East Asian text are, two bytes each.
  private static func ideographs(_ text: [Unicode.Scalar], _ encoding: TableEncoding) -> Double {
    var isHalfWidth = false
    let sum = text.reduce(0.0) { sum, scalar in
      let followsHalfWidth = isHalfWidth
      isHalfWidth = (0xFF61...0xFF9F).contains(scalar.value)
      return switch scalar.value {
      case 0..<0x80: sum
      case 0x3041...0x30FF where encoding == .shiftJIS: sum - 4.3
      // Half-width characters are rare, and come in runs.
      case 0xFF61...0xFF9F: sum - (followsHalfWidth ? 4 : 9)
      case 0x3000...0x3004, 0x3006...0x3040: sum - 7
      case 0x3000...0x30FF: sum - 5
      case 0xFF01...0xFF5E: sum - 6
      case 0x4E00...0x9FFF: sum + (isCommon(scalar, encoding) ? -7.3 : -12)
      case 0xFFFD: sum - 14
      default: sum - 11
      }
    }
    // Latin letters stand apart from those of East Asia.
    let neighbours = zip(text, text.dropFirst()).filter { first, second in
      first.isASCII != second.isASCII && first.properties.isAlphabetic
        && second.properties.isAlphabetic
    }
    return sum - 3 * Double(neighbours.count)
  }

  /// Whether a character is of the first level of the national standard.
  private static func isCommon(_ scalar: Unicode.Scalar, _ encoding: TableEncoding) -> Bool {
    common[encoding]?.contains(scalar.value) ?? false
  }

  private static let common: [TableEncoding: Set<UInt32>] = [
    .shiftJIS: level(
      [0x889F...0x88FC] + (0x89...0x97).map { $0 << 8 | 0x40...$0 << 8 | 0xFC }
        + [0x9840...0x9872],
      .shiftJIS
    ),
    .gb18030: level((0xB0...0xD7).map { $0 << 8 | 0xA1...$0 << 8 | 0xFE }, .gb18030),
  ]

  private static func level(_ ranges: [ClosedRange<Int>], _ encoding: TableEncoding) -> Set<UInt32>
  {
    guard let table = CharacterTable.of(encoding) else { return [] }
    var level: Set<UInt32> = []
    for pair in ranges.joined() {
      let bytes = [UInt8(truncatingIfNeeded: pair >> 8), UInt8(truncatingIfNeeded: pair)]
      level.insert(table.character(in: bytes.span, at: 0).scalar.value)
    }
    return level
  }
}
