import Foundation
import Testing

/// A file of Samples: the headings of an export, a row of it, and what each column means.
struct SourceSample: CustomTestStringConvertible {
  struct Column {
    let heading: String
    let value: String
    /// nil for a column of which nothing is known.
    let meaning: String?
    /// Whether the source's own table has it; written with a `~` before the meaning where a language's has.
    let isOfSource: Bool
  }

  let name: String
  /// The kind of record that the rows become.
  let object: String
  /// The system that wrote the file; nil for a file of people's own.
  let source: String?
  /// Whether the system must be named, as no heading shows it.
  let isSourceGiven: Bool
  let columns: [Column]

  var testDescription: String { name }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Samples")

  /// All samples, by their names.
  static let all: [SourceSample] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.sorted().compactMap { file in
      guard file.hasSuffix(".txt"),
        let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
      else { return nil }
      return SourceSample(String(file.dropLast(4)), text)
    }
  }()

  private init?(_ name: String, _ text: String) {
    var object: String?
    var source: String?
    var isSourceGiven = false
    var columns: [Column] = []
    for line in text.split(separator: "\n").map(String.init) {
      if let value = Self.value(of: "for", in: line) {
        object = value
      } else if let value = Self.value(of: "from", in: line) {
        source = value == "-" ? nil : value
      } else if let value = Self.value(of: "given", in: line) {
        source = value
        isSourceGiven = true
      } else {
        let parts = line.components(separatedBy: "| ").map {
          $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts.count == 3 else { return nil }
        let isKnown = parts[2] != "?"
        let isOfWords = parts[2].hasPrefix("~")
        columns.append(
          Column(
            heading: parts[0],
            value: parts[1],
            meaning: isKnown ? String(parts[2].dropFirst(isOfWords ? 1 : 0)) : nil,
            isOfSource: isKnown && !isOfWords
          )
        )
      }
    }
    guard let object, !columns.isEmpty else { return nil }
    self.name = name
    self.object = object
    self.source = source
    self.isSourceGiven = isSourceGiven
    self.columns = columns
  }

  private static func value(of word: String, in line: String) -> String? {
    line.hasPrefix("\(word): ") ? String(line.dropFirst(word.count + 2)) : nil
  }
}
