import MeshCore

/// Why a lead cannot be changed, converted or unconverted.
enum ConversionFault: ClientError {
  case isConverted, isNotConverted, isBeingConverted, isBeingUnconverted
  /// The lead's status is not of type qualified; the caller may override that but gives no reason.
  case lacksReason
  /// The lead's status is not of type qualified, and the caller may not override that.
  case isNotQualified(givesReason: Bool)
  /// The 24 hours in which it can be unconverted are over.
  case isTooOld
  /// It is not stored as it was before its conversion.
  case isNotKept

  var meshError: MeshError {
    switch self {
    case .isConverted:
      .failedPrecondition("the lead is converted; it can only be read")
    case .isNotConverted:
      .failedPrecondition("the lead is not converted")
    case .isBeingConverted:
      .failedPrecondition("the lead is being converted; it cannot be changed meanwhile")
    case .isBeingUnconverted:
      .unavailable("the lead is being unconverted; try again in a few seconds")
    case .lacksReason:
      .invalid("override_reason", "must be given to convert a lead that is not qualified")
    case .isNotQualified(let givesReason):
      MeshError(
        code: .failedPrecondition,
        reason: .failedPrecondition,
        message: """
          the lead is not qualified: its status is not of type qualified; \
          to convert it all the same takes the permission lead.convert_override
          """,
        violations: [
          givesReason
            ? FieldViolation(
              field: "override_reason",
              description: "must be left out without the permission lead.convert_override"
            )
            : FieldViolation(field: "status", description: "must be of type qualified")
        ]
      )
    case .isTooOld:
      .failedPrecondition("a lead can be unconverted for 24 hours only")
    case .isNotKept:
      .failedPrecondition("the lead as it was before its conversion is no longer stored")
    }
  }
}
