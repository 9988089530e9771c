import AccessAPI
import LeadsAPI
import MeshAccess
import TenantsAPI

extension Policy {
  /// What the built-in roles may do with the objects of every service: what a session lists as a
  /// member's permissions.
  static let ofMesh = Policy(
    grants: AccessObjects.grants + LeadsObjects.grants + TenantsObjects.grants
  )
}
