import MeshCore

/// What JSON has in place of a message's fields that are not on the wire, as text.
///
/// A field with presence has nothing there, any other its default. Most fields of a record are empty, so
/// that those between two that are not are copied at once.
struct AbsentFields: Sendable {
  /// The fields as members of an object, each behind a comma.
  let text: [UInt8]
  /// Where each field's text begins; one more for the end.
  private let starts: [Int]

  /// - Parameters:
  ///   - fields: of the message, in order.
  ///   - keys: the keys that `FieldShape.key` lies in.
  ///   - enumerations: all enums of the schema.
  ///   - isShown: whether JSON has the field of an index at all.
  init(
    _ fields: [FieldShape],
    keys: [UInt8],
    _ enumerations: [EnumShape],
    isShown: (Int) -> Bool = { _ in true }
  ) {
    var text: [UInt8] = []
    var starts = [0]
    for field in fields {
      if !field.hasPresence, isShown(field.index) {
        text += keys[field.key]
        text += field.absentValue(enumerations).utf8
      }
      starts.append(text.count)
    }
    self.text = text
    self.starts = starts
  }

  /// The place in `text` of fields that follow one another.
  func range(_ fields: Range<Int>) -> Range<Int> {
    starts[fields.lowerBound]..<starts[fields.upperBound]
  }
}

extension FieldShape {
  /// The JSON of a field without presence that is not on the wire.
  fileprivate func absentValue(_ enumerations: [EnumShape]) -> String {
    switch (shape, kind) {
    case (.map, _): "{}"
    case (.repeated, _): "[]"
    case (_, .bool): "false"
    case (_, .string), (_, .bytes): #""""#
    case (_, .int64), (_, .uint64), (_, .sint64), (_, .fixed64), (_, .sfixed64): #""0""#
    case (_, .enumeration(let index)): enumerations[index].name(of: 0).map { #""\#($0)""# } ?? "0"
    default: "0"
    }
  }
}
