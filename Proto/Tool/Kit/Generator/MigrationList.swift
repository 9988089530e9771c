import FoundationEssentials

/// Writes the list of a service's migrations, made of the names of the files in its folder.
package struct MigrationList {
  private let service: String
  private let names: [String]

  /// - Parameters:
  ///   - service: the service's type, `LeadsService`.
  ///   - files: names of its migrations, in any order: `m0001_create_leads.sql` and so on.
  /// - Throws: naming the first file whose name is no migration's or whose number is not its own.
  package init(of service: String, files: [String]) throws(ToolError) {
    self.service = service
    names = files.sorted().map { $0.hasSuffix(".sql") ? String($0.dropLast(4)) : $0 }
    for (index, file) in files.sorted().enumerated() where !Self.isName(file, of: index + 1) {
      throw .failed(
        "\(service): the migration \(file) must be called m\(Self.digits(index + 1))_<what_it_does>.sql"
      )
    }
  }

  private static func isName(_ file: String, of number: Int) -> Bool {
    let start = "m\(digits(number))_"
    guard file.hasPrefix(start), file.hasSuffix(".sql") else { return false }
    let rest = file.dropFirst(start.count).dropLast(4)
    return !rest.isEmpty && rest.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789_".contains($0) }
  }

  private static func digits(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
  }

  package func source() -> String {
    var source = SourceText()
    source.line("// Made from the names of the files in Migrations; add a file there.")
    source.line()
    source.line("package import MeshStore")
    source.line()
    source.block("extension \(service)") { source in
      source.line("/// The service's migrations, in their order.")
      source.line("package static let migrations: [MeshStore.Migration] = [")
      for name in names {
        source.line("  MeshStore.Migration(\"\(name)\", PackageResources.\(name)_sql),")
      }
      source.line("]")
    }
    return source.text
  }
}
