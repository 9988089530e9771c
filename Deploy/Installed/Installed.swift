import AccessAPI
import DealsAPI
import EngageAPI
import LeadsAPI
package import MeshProto
import TasksAPI
import TenantsAPI

/// A service that is installed beside the gateway.
package struct InstalledService: Sendable {
  /// As its executable, socket and proto package are called: `leads` of `leadmesh-leads`.
  package let name: String
  /// What its API is: a FileDescriptorSet in base 64.
  package let descriptors: StaticString
  /// What roles may do with its objects.
  package let grants: [RoleGrant]

  fileprivate init(_ name: String, _ descriptors: StaticString, _ grants: [RoleGrant]) {
    self.name = name
    self.descriptors = descriptors
    self.grants = grants
  }
}

/// What is installed: the gateway serves these, `leadmesh up` starts them, Access tells members what
/// they may do with their objects, and tests of the whole mesh expect them.
package enum Installed {
  /// In the order in which they start, which is that of their lines in Package.swift.
  package static let services = [
    InstalledService("access", AccessDescriptors.base64, AccessObjects.grants),
    InstalledService("tenants", TenantsDescriptors.base64, TenantsObjects.grants),
    InstalledService("deals", DealsDescriptors.base64, DealsObjects.grants),
    InstalledService("leads", LeadsDescriptors.base64, LeadsObjects.grants),
    InstalledService("tasks", TasksDescriptors.base64, TasksObjects.grants),
    InstalledService("engage", EngageDescriptors.base64, EngageObjects.grants),
  ]
}
