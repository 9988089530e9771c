/// Missing or invalid settings, with which the process does not start.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One line for each fault: the variable and the rule that its value breaks.
  package let faults: [String]

  package init(faults: [String]) { self.faults = faults }

  package var description: String { faults.joined(separator: "\n") }
}

/// The typed settings of one executable.
///
/// `init(from:)` reads every setting in turn, which also generates `--help`.
package protocol ServiceSettings: Sendable {
  init(from reader: inout SettingsReader)
}

/// Settings of a service that has none of its own.
package struct NoSettings: ServiceSettings {
  package init(from reader: inout SettingsReader) {}
}

/// Reads settings from flags, then from `LEADMESH_...` variables, then from their defaults.
///
/// Every setting has a variable and a flag of the same name: `LEADMESH_LOG_LEVEL` and
/// `--log-level`. Faults are collected and reported together.
package struct SettingsReader {
  /// One setting as `--help` shows it.
  package struct Documented: Sendable, Equatable {
    package let variable: String
    package let flag: String
    package let fallback: String
    package let meaning: String
  }

  package private(set) var documented: [Documented] = []
  package private(set) var faults: [String] = []
  private let environment: (String) -> String?
  private var flags: [String: String]
  private var unused: Set<String>

  /// - Parameters:
  ///   - arguments: `--name value` or `--name=value`, without the program's name.
  ///   - environment: the value of a variable; nil when it is not set.
  package init(arguments: [String], environment: @escaping (String) -> String?) {
    self.environment = environment
    flags = [:]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--"), argument.count > 2 else {
        faults.append("\(argument): not a setting; write settings as --name value")
        continue
      }
      let name = argument.dropFirst(2)
      if let equals = name.firstIndex(of: "=") {
        flags[String(name[..<equals])] = String(name[name.index(after: equals)...])
      } else if let value = rest.popFirst() {
        flags[String(name)] = value
      } else {
        faults.append("\(argument): needs a value")
      }
    }
    unused = Set(flags.keys)
  }

  /// A text setting.
  ///
  /// - Parameters:
  ///   - name: upper case, without `LEADMESH_`.
  ///   - fallback: value when it is not set.
  ///   - meaning: one line for `--help`.
  /// - Returns: the value of the flag, else of the variable, else `fallback`.
  package mutating func text(_ name: String, default fallback: String, _ meaning: String) -> String
  {
    value(of: name, default: fallback, meaning) ?? fallback
  }

  /// An optional text setting.
  package mutating func optionalText(_ name: String, _ meaning: String) -> String? {
    value(of: name, default: "", meaning)
  }

  /// A whole number within a range.
  package mutating func integer(
    _ name: String,
    default fallback: Int,
    in range: ClosedRange<Int>,
    _ meaning: String
  ) -> Int {
    guard let text = value(of: name, default: String(fallback), meaning) else { return fallback }
    guard let number = Int(text), range.contains(number) else {
      faults.append(
        "LEADMESH_\(name): must be a whole number from \(range.lowerBound) to "
          + "\(range.upperBound)"
      )
      return fallback
    }
    return number
  }

  /// One of several words.
  package mutating func choice<T>(
    _ name: String,
    default fallback: String,
    of choices: KeyValuePairs<String, T>,
    else first: T,
    _ meaning: String
  ) -> T {
    let text = value(of: name, default: fallback, meaning) ?? fallback
    if let match = choices.first(where: { $0.key == text }) { return match.value }
    let allowed = choices.map(\.key).joined(separator: ", ")
    faults.append("LEADMESH_\(name): must be one of \(allowed), not \(text)")
    return first
  }

  /// Adds a fault that depends on several settings.
  package mutating func fault(_ text: String) { faults.append(text) }

  /// - Throws: when a setting is invalid or a flag is unknown.
  package func finish() throws(SettingsError) {
    let unknown = unused.sorted().map { "--\($0): no such setting; see --help" }
    if !(faults + unknown).isEmpty { throw SettingsError(faults: faults + unknown) }
  }

  private mutating func value(of name: String, default fallback: String, _ meaning: String)
    -> String?
  {
    let flag = name.lowercased().replacing("_", with: "-")
    documented.append(
      Documented(
        variable: "LEADMESH_\(name)",
        flag: "--\(flag)",
        fallback: fallback,
        meaning: meaning
      )
    )
    unused.remove(flag)
    return flags[flag] ?? environment("LEADMESH_\(name)")
  }
}

extension SettingsReader {
  /// The text of `--help`.
  package func help(executable: String, summary: String) -> String {
    var text = "\(executable): \(summary)\n\nSettings, as a variable or as a flag:\n"
    for setting in documented {
      text += "\n  \(setting.variable)  \(setting.flag) VALUE\n      \(setting.meaning)"
      if !setting.fallback.isEmpty { text += " Default: \(setting.fallback)" }
      text += "\n"
    }
    return text
  }
}
