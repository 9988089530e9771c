import MeshCore

/// A list of numbered entries that each service with a database keeps for the operator.
enum ServiceList {
  /// Entries in one call.
  static let mostNumbers = 1_000

  /// The services that have such lists.
  static var names: [String] { MeshFolder.services.filter { $0 != "gateway" } }

  /// The service that a command line names.
  static func take(_ arguments: inout Arguments) throws(CommandError) -> String {
    let name = try arguments.word("SERVICE")
    guard names.contains(name) else {
      throw .usage("“\(name)” must be one of \(names.joined(separator: ", "))")
    }
    return name
  }

  /// The numbers that a command line ends with.
  static func numbers(_ arguments: inout Arguments) throws(CommandError) -> [Int64] {
    var numbers: [Int64] = []
    while !arguments.words.isEmpty {
      let word = try arguments.word("NUMBER")
      guard let number = Int64(word), number > 0 else {
        throw .usage("“\(word)” is not a number of the list")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// The numbers in parts, each of which fits in a call.
  static func parts(_ numbers: [Int64]) -> [[Int64]] {
    stride(from: 0, to: numbers.count, by: mostNumbers).map { start in
      Array(numbers[start..<min(start + mostNumbers, numbers.count)])
    }
  }

  /// Prints what became of entries: `3 applied, 1 failed`, or an object of the same.
  static func print(_ counts: KeyValuePairs<String, Int>, isJSON: Bool) throws(CommandError) {
    guard isJSON else {
      try Terminal.print(counts.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
      return
    }
    var json = JSONWriter()
    json.beginObject()
    for (name, count) in counts {
      json.key(name)
      json.integer(count)
    }
    json.endObject()
    try Terminal.print(json)
  }
}
