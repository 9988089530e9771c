import Synchronization
import TypeAPI

/// How many files are made into rows at a time: each takes a thread, memory and files without a name.
final class ConversionPlaces: Sendable {
  /// Those of this process: two, of which a tenant has one.
  static let shared = ConversionPlaces(most: 2)

  private let most: Int
  private let tenants = Mutex<Set<TenantID>>([])

  init(most: Int) { self.most = most }

  /// How many are taken.
  var taken: Int { tenants.withLock { $0.count } }

  /// Whether there is none for a tenant now.
  func isFull(for tenant: TenantID) -> Bool {
    tenants.withLock { $0.count >= most || $0.contains(tenant) }
  }

  /// A place for a file of a tenant, which is free again when nobody holds it; nil if there is none now.
  func take(for tenant: TenantID) -> ConversionPlace? {
    let isFree = tenants.withLock { tenants in
      tenants.count < most && tenants.insert(tenant).inserted
    }
    return isFree ? ConversionPlace(tenant, of: self) : nil
  }

  fileprivate func leave(_ tenant: TenantID) { tenants.withLock { _ = $0.remove(tenant) } }
}

/// The right to make a file of a tenant into rows.
final class ConversionPlace: Sendable {
  private let tenant: TenantID
  private let places: ConversionPlaces

  fileprivate init(_ tenant: TenantID, of places: ConversionPlaces) {
    self.tenant = tenant
    self.places = places
  }

  deinit { places.leave(tenant) }
}
