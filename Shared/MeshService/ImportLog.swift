package import TypeAPI

extension Log {
  /// Logs that a step of an import failed, which is tried again.
  ///
  /// - Parameters:
  ///   - job: the import; nil when the list of imports could not be read.
  ///   - error: the cause.
  package func importFailed(_ job: ImportID?, _ error: any Error) {
    guard let job else { return warning("imports_not_resumed", ["error": .cause(error)]) }
    warning("import_step_failed", ["import": .id("\(job)"), "error": .cause(error)])
  }
}
