import MeshProto

/// Puts the fields of a message in the order of their numbers.
///
/// Protobuf allows any order, a singular field several times (the last one counts, messages merge)
/// and several members of a oneof (the last one counts). Protobuf libraries do not write such
/// bytes, but merged messages may have them.
enum WireOrder {
  private struct Record {
    var index: Int
    /// The tag and the value.
    var whole: Range<Int>
    /// The content of a length-delimited value.
    var inner: Range<Int>?
  }

  /// The rest of `scanner`'s message, in order and without fields that a later one replaces.
  static func ordered(
    _ shape: MessageShape,
    _ scanner: WireScanner
  ) throws(WireError) -> [UInt8] {
    let records = try records(shape, scanner)
    let bytes = scanner.bytes
    var output = WireOutput()
    for index in shape.fields.indices {
      let field = shape.fields[index]
      let own = records.filter { $0.index == index }
      guard let last = own.last else { continue }
      if let oneof = field.oneof {
        let rival = records.last { shape.fields[$0.index].oneof == oneof }
        guard rival?.index == index else { continue }
      }
      guard field.shape == .singular else {
        for record in own { output.raw(bytes[record.whole]) }
        continue
      }
      guard case .message = field.kind else {
        output.raw(bytes[last.whole])
        continue
      }
      // Concatenated messages are the merged message.
      output.tag(field.number, .delimited)
      let start = output.beginDelimited()
      for record in own { if let inner = record.inner { output.raw(bytes[inner]) } }
      output.endDelimited(start)
    }
    return output.bytes
  }

  private static func records(
    _ shape: MessageShape,
    _ scanner: WireScanner
  ) throws(WireError) -> [Record] {
    var scanner = scanner
    var records: [Record] = []
    var start = scanner.position
    while let (number, type) = try scanner.tag() {
      var inner: Range<Int>?
      if type == .delimited { inner = try scanner.delimited() } else { try scanner.skip(type) }
      if let index = shape.index(of: number) {
        records.append(Record(index: index, whole: start..<scanner.position, inner: inner))
      }
      start = scanner.position
    }
    return records
  }
}
