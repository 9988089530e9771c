/// What the text of a file is written in.
package enum TableEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LE = "utf-16le"
  case utf16BE = "utf-16be"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case windows1252 = "windows-1252"
  case macRoman = "macintosh"
  case shiftJIS = "shift_jis"
  case gb18030

  /// Its name as people know it.
  package var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LE, .utf16BE: "UTF-16"
    case .windows1250: "Windows-1250 (Central European)"
    case .windows1251: "Windows-1251 (Cyrillic)"
    case .windows1252: "Windows-1252 (Western European)"
    case .macRoman: "Mac Roman"
    case .shiftJIS: "Shift-JIS (Japanese)"
    case .gb18030: "GB18030 (Chinese)"
    }
  }

  /// The byte order mark that a file may begin with.
  package var mark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LE: [0xFF, 0xFE]
    case .utf16BE: [0xFE, 0xFF]
    default: []
    }
  }

  /// ICU's name of an encoding that goes by tables.
  var icuName: String? {
    switch self {
    case .utf8, .utf16LE, .utf16BE: nil
    case .shiftJIS: "ibm-943_P15A-2003"
    default: rawValue
    }
  }

  var isUTF16: Bool { self == .utf16LE || self == .utf16BE }

  /// Whether a byte begins a character of two bytes, of which the second may be one of ASCII.
  func isLead(_ byte: UInt8) -> Bool {
    switch self {
    case .shiftJIS: (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte)
    case .gb18030: (0x81...0xFE).contains(byte)
    default: false
    }
  }
}
