/// A parsed command line: words and `--name value` options.
///
/// Commands take out what they know; `finish` refuses what is left, so that a misspelt option is
/// never ignored.
struct Arguments {
  private(set) var words: [String] = []
  private var options: [String: [String]] = [:]
  private var flags: Set<String> = []

  /// - Parameters:
  ///   - arguments: without the program's name. `--` ends the options.
  ///   - flags: options that take no value.
  /// - Throws: `.usage` when an option lacks its value or a flag has one.
  init(_ arguments: some Sequence<String>, flags: Set<String> = ["json"]) throws(CommandError) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        return
      }
      guard argument.hasPrefix("--") else {
        words.append(argument)
        continue
      }
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1)
      let name = parts.first.map(String.init) ?? ""
      if flags.contains(name) {
        guard parts.count == 1 else { throw .usage("--\(name) takes no value") }
        self.flags.insert(name)
      } else if parts.count == 2 || argument.hasSuffix("=") {
        options[name, default: []].append(parts.count == 2 ? String(parts[1]) : "")
      } else if let value = rest.popFirst() {
        options[name, default: []].append(value)
      } else {
        throw .usage("--\(name) needs a value")
      }
    }
  }

  /// Whether a flag was given.
  mutating func takeFlag(_ name: String) -> Bool { flags.remove(name) != nil }

  /// Takes out all values of an option that may be repeated, in order.
  mutating func takeAll(_ name: String) -> [String] { options.removeValue(forKey: name) ?? [] }

  /// Takes out an option; nil when it was not given.
  ///
  /// - Throws: `.usage` when it was given twice.
  mutating func take(_ name: String) throws(CommandError) -> String? {
    let values = takeAll(name)
    guard values.count <= 1 else { throw .usage("--\(name) is given \(values.count) times") }
    return values.first
  }

  /// Takes out a required option.
  ///
  /// - Throws: `.usage` when it was not given, or is empty.
  mutating func need(_ name: String) throws(CommandError) -> String {
    guard let value = try take(name), !value.isEmpty else { throw .usage("--\(name) is needed") }
    return value
  }

  /// Takes out an option that is a whole number.
  ///
  /// - Throws: `.usage` when it is not a whole number, or is outside `range`.
  mutating func number(_ name: String, in range: ClosedRange<Int>) throws(CommandError) -> Int? {
    guard let text = try take(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .usage(
        "--\(name): “\(text)” is not a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// Takes out an option that is `true` or `false`.
  ///
  /// - Throws: `.usage` when it is neither.
  mutating func truth(_ name: String) throws(CommandError) -> Bool? {
    switch try take(name) {
    case nil: nil
    case "true"?: true
    case "false"?: false
    case let text?: throw .usage("--\(name): “\(text)” is neither true nor false")
    }
  }

  /// Takes out the next word.
  ///
  /// - Parameter meaning: what the word is, for the error message.
  /// - Returns: the word.
  /// - Throws: `.usage` when there is none.
  mutating func word(_ meaning: String) throws(CommandError) -> String {
    guard !words.isEmpty else { throw .usage("\(meaning) is needed") }
    return words.removeFirst()
  }

  /// - Throws: `.usage` when arguments are left that the command did not take.
  func finish() throws(CommandError) {
    if let name = options.keys.sorted().first ?? flags.sorted().first {
      throw .usage("--\(name) is not an option of this command")
    }
    if let word = words.first { throw .usage("“\(word)” is one word too many") }
  }
}
