import MeshCore

/// Names in Chinese, Japanese and Korean script, whose family name is first.
enum EastAsianName {
  /// - Parameter text: without what is in parentheses.
  /// - Returns: nil unless all of it is in these scripts.
  static func read(_ text: String) -> PersonName? {
    var text = text
    guard text.unicodeScalars.contains(where: { script(of: $0) != nil }),
      text.unicodeScalars.allSatisfy({ script(of: $0) != nil || isDivider($0) })
    else { return nil }
    let honorific = honorifics.first { text.hasSuffix($0) && text.count > $0.count + 1 } ?? ""
    text = CellText.value(String(text.dropLast(honorific.count)))
    var name = cut(text)
    if honorific.first != nil { name.suffix = honorific }
    return name
  }

  private enum Script { case han, kana, hangul }

  private static func script(of scalar: Unicode.Scalar) -> Script? {
    switch scalar.value {
    case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: .han
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC, 0xFF66...0xFF9F: .kana
    case 0xAC00...0xD7A3: .hangul
    default: nil
    }
  }

  private static func isDivider(_ scalar: Unicode.Scalar) -> Bool {
    " \u{3000}\u{30FB}\u{00B7}\u{2022}\u{FF65}\u{3001}".unicodeScalars.contains(scalar)
  }

  private static func cut(_ text: String) -> PersonName {
    let words = text.split(separator: " ")
    if words.count > 1 {
      return PersonName(first: words.dropFirst().joined(separator: " "), last: String(words[0]))
    }
    // Foreign names keep their order: マイケル・ジャクソン.
    let parts = text.split(whereSeparator: { $0.unicodeScalars.contains(where: isDivider) })
    if parts.count > 1, let last = parts.last {
      return PersonName(first: parts.dropLast().joined(separator: "\u{30FB}"), last: String(last))
    }
    // 山田様: a family name alone.
    if japanesePairs.contains(text) { return PersonName(last: text) }
    let scripts = text.unicodeScalars.map(script)
    let count = familyLength(text, scripts)
    if count == 0 || count >= text.count { return PersonName(first: text) }
    return PersonName(first: String(text.dropFirst(count)), last: String(text.prefix(count)))
  }

  /// How many letters the family name of a name without a blank has; 0 when it cannot be told.
  private static func familyLength(_ text: String, _ scripts: [Script?]) -> Int {
    let count = text.count
    if scripts.allSatisfy({ $0 == .hangul }) {
      guard (2...5).contains(count) else { return 0 }
      return count > 2 && koreanPairs.contains(String(text.prefix(2))) ? 2 : 1
    }
    if scripts.contains(where: { $0 == .kana }) {
      // 高橋さくら: the family name is what stands before the kana.
      let han = scripts.prefix { $0 == .han }.count
      return (1...3).contains(han) ? han : 0
    }
    guard scripts.allSatisfy({ $0 == .han }), (2...6).contains(count) else { return 0 }
    let pair = String(text.prefix(2))
    switch count {
    case 2: return 1
    case 3: return chinesePairs.contains(pair) || japanesePairs.contains(pair) ? 2 : 1
    default: return 2
    }
  }

  private static let honorifics = ["先生", "女士", "小姐", "様", "さん", "님", "씨", "殿"]
  private static let koreanPairs = words("남궁 황보 제갈 사공 선우 독고 서문 동방")
  private static let chinesePairs = words(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 夏侯 皇甫 尉迟 公孙 公孫 慕容 令狐 宇文 长孙 端木 东方 南宫 西门"
  )
  private static let japanesePairs = words(
    """
    佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐々 山口 松本 井上 木村 斎藤 斉藤 清水 山崎
    池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井
    金子 藤原 岡本 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原口 内田 柴田 酒井 宮崎 横山
    高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田
    松井 千葉 岩崎 菅原 木下 久保 佐野 野村 松尾 菊地 杉本 市川 古川 大西 島田 水野 桜井 高野 渡部 吉川 山内 西田
    """
  )

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
