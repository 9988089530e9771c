import AccessAPI
import LeadsAPI
import TenantsAPI

/// A service that is installed beside the gateway.
package struct InstalledService: Sendable {
  /// As its executable, socket and proto package are called: `leads` of `leadmesh-leads`.
  package let name: String
  /// What its API is: a FileDescriptorSet in base 64.
  package let descriptors: StaticString

  fileprivate init(_ name: String, _ descriptors: StaticString) {
    self.name = name
    self.descriptors = descriptors
  }
}

/// What is installed: the gateway serves these, `leadmesh up` starts them, and tests of the whole
/// mesh expect them.
package enum Installed {
  /// In the order in which they start, which is that of their lines in Package.swift.
  package static let services = [
    InstalledService("access", AccessDescriptors.base64),
    InstalledService("tenants", TenantsDescriptors.base64),
    InstalledService("leads", LeadsDescriptors.base64),
  ]
}
