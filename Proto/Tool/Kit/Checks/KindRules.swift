import ProtoDescriptors

/// What the registry of kinds says of records, as the protos have them: each kind of record is that of one message, in
/// the package of the service that the registry names.
struct KindRules {
  private let kinds: [Int: (name: String, service: String)]

  init(_ files: [FileDescriptor]) {
    let values = files.flatMap(\.allEnums).filter { $0.fullName == KindGenerator.enumName }
      .flatMap(\.values)
    kinds = Dictionary(
      values.compactMap { value in value.kind.map { (value.number, (value.name, $0.service)) } },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// - Parameters:
  ///   - message: of a file.
  ///   - package: the file's.
  ///   - findings: takes what is wrong.
  func check(_ message: MessageDescriptor, in package: String, _ findings: inout Findings) {
    guard let resource = message.resource, let kind = kinds[resource.kind] else { return }
    let service = package.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    let named = kind.service.isEmpty ? "no service" : kind.service
    findings.require(
      kind.service == service,
      message.location,
      "message \(message.name) is a record of \(service), and \(kind.name) is of \(named)"
    )
  }
}
