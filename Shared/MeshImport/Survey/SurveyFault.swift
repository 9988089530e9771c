import MeshCore
import MeshProto
import MeshTables

/// What ends a survey.
enum SurveyFault {
  /// Why an import ends for an error of its survey.
  ///
  /// - Parameter error: of a step.
  /// - Returns: nil for one that passes, such as that of a slow database, which says nothing about the file.
  static func reason(of error: any Error) -> String? {
    switch error {
    case let fault as ContainerFault: return "the file \(fault.text)"
    case is SpoolFault:
      return "there is no room here to unpack the file; try it again later, or save it as CSV"
    case let error as MeshError where error.isFaultOfFile:
      return error.violations.first?.description ?? error.message
    default: return nil
    }
  }
}

extension MeshError {
  /// Whether it says something about the file rather than about the service.
  fileprivate var isFaultOfFile: Bool {
    code == .invalidArgument && reason != .tooExpensive || reason == .limitReached
  }
}
