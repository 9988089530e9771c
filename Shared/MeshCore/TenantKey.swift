/// Keys of what a tenant names itself, such as statuses and sources.
package enum TenantKey {
  /// 1 to 60 lower-case letters, digits and underscores, beginning with a letter or digit.
  package static func isValid(_ key: String) -> Bool {
    (1...60).contains(key.utf8.count) && key.utf8.first != UInt8(ascii: "_")
      && key.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  /// The key that a name gives, in letters of ASCII: "Attempted to Contact" is "attempted_to_contact",
  /// "Größe" is "grosse", "日本語" is "ri_ben_yu".
  ///
  /// - Returns: nil when the name has neither letters nor digits.
  package static func make(of name: String) -> String? {
    let name = UnicodeText.transliterated(name)
    var key = ""
    var pendingUnderscore = false
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9":
        if pendingUnderscore && !key.isEmpty { key += "_" }
        pendingUnderscore = false
        key.unicodeScalars.append(scalar)
      default: pendingUnderscore = true
      }
      if key.utf8.count >= 60 { break }
    }
    let result = String(key.prefix(60))
    return isValid(result) ? result : nil
  }

  /// A key that a name gives and no other has.
  ///
  /// - Parameters:
  ///   - name: what people see.
  ///   - word: the key of a name without letters and digits.
  ///   - keys: those of others.
  /// - Returns: the key, with a number after it where another has it.
  package static func make(of name: String, else word: String, besides keys: Set<String>) -> String
  {
    let key = make(of: name) ?? word
    if !keys.contains(key) { return key }
    var number = 2
    while keys.contains(numbered(key, number)) { number += 1 }
    return numbered(key, number)
  }

  /// The key with a number after it, which makes room for it.
  package static func numbered(_ key: String, _ number: Int) -> String {
    let suffix = "_\(number)"
    return key.prefix(60 - suffix.utf8.count) + suffix
  }
}
