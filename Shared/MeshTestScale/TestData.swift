import Glibc

/// Public data that tests use and that the repository does not have.
package enum TestData {
  /// A folder of it: in `LEADMESH_TEST_DATA`, or else in `../shared/data` beside the checkout.
  ///
  /// - Returns: its path; nil when there is none.
  package static func folder(_ name: String) -> String? {
    let path = "\(root)/\(name)"
    return access(path, R_OK) == 0 ? path : nil
  }

  private static let root: String = {
    if let path = getenv("LEADMESH_TEST_DATA").map({ String(cString: $0) }), !path.isEmpty {
      return path
    }
    // This file is three names below the checkout.
    return #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
      + "/../shared/data"
  }()
}
