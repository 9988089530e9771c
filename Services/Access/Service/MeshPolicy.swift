import AccessAPI
import LeadsAPI
import MeshAccess
import TenantsAPI

extension Policy {
  /// What the built-in roles may do with the objects of every service; a session's list of
  /// permissions comes from it.
  static let ofMesh = Policy(
    grants: AccessObjects.grants + LeadsObjects.grants + TenantsObjects.grants
  )
}
