import MeshCore
import MeshRecords

/// Why a chunk cannot be appended.
enum AppendFault: ClientError, Equatable {
  case notReceiving
  /// The chunk leaves a gap or partly overlaps the content received before.
  case wrongOffset(expected: Int)
  /// The file would have more bytes than allowed.
  case tooLarge

  var meshError: MeshError {
    switch self {
    case .notReceiving:
      .failedPrecondition("the import was started or has ended; it accepts no more content")
    case .tooLarge:
      Limit.importBytes.reached(
        "an imported file may have at most \(Limit.importBytes.most >> 20) MiB; split it"
      )
    case .wrongOffset(let expected):
      MeshError(
        code: .outOfRange,
        reason: .invalidField,
        message: "the next chunk begins at \(expected)",
        violations: [
          FieldViolation(
            field: "offset",
            description: "must be \(expected), where the next chunk begins"
          )
        ]
      )
    }
  }
}
