import Installed
import MeshAccess

extension Policy {
  /// What the built-in roles may do with the objects of every service; a session's list of
  /// permissions comes from it.
  static let ofMesh = Policy(grants: Installed.services.flatMap(\.grants))
}
