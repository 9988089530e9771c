package import TypeAPI

extension Log {
  /// Notes that a step of an import failed, which is tried again.
  ///
  /// - Parameters:
  ///   - job: the import; nil when it could not be read which ones there are.
  ///   - error: why.
  package func importFailed(_ job: ImportID?, _ error: any Error) {
    guard let job else { return warning("imports_not_resumed", ["error": .cause(error)]) }
    warning("import_step_failed", ["import": .id("\(job)"), "error": .cause(error)])
  }
}
