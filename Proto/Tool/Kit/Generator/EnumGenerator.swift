import ProtoDescriptors

/// Writes one enum: open, with a case for values it does not name.
struct EnumGenerator {
  let type: EnumDescriptor

  init(_ type: EnumDescriptor) {
    self.type = type
  }

  /// The first name of each number; the others are aliases.
  private var cases: [EnumValueDescriptor] {
    var seen: Set<Int> = []
    return type.values.filter { seen.insert($0.number).inserted }
  }

  private func name(_ value: EnumValueDescriptor) -> String {
    SwiftNames.enumCase(value.name, of: type.name)
  }

  func generate(into source: inout SourceText) {
    source.documentation(type.location.comment)
    source.block("package enum \(SwiftNames.type(type.name)): MeshProto.ProtoEnum") { source in
      for value in cases {
        source.documentation(value.location.comment)
        source.line("case \(name(value))")
      }
      source.line("/// A value that this build's proto does not name.")
      source.line("case unrecognized(Int32)")
      source.line()
      aliases(into: &source)
      source.block("package init(rawValue: Int32)") { source in
        source.choice("rawValue") { source in
          for value in cases { source.line("case \(value.number): self = .\(name(value))") }
          source.line("default: self = .unrecognized(rawValue)")
        }
      }
      source.line()
      source.block("package var rawValue: Int32") { source in
        source.choice("self") { source in
          for value in cases { source.line("case .\(name(value)): \(value.number)") }
          source.line("case .unrecognized(let value): value")
        }
      }
    }
  }

  private func aliases(into source: inout SourceText) {
    for value in type.values {
      guard let original = cases.first(where: { $0.number == value.number }),
        original.name != value.name
      else { continue }
      source.documentation(value.location.comment)
      source.line("package static var \(name(value)): Self { .\(name(original)) }")
      source.line()
    }
  }
}
