package import MeshCore
import MeshCrypto

/// Proof that a device has logged in to an account before: guesses made elsewhere do not hold it up.
///
/// It is signed as access tokens are, but grants nothing. Its text is base 64 of 16 bytes for the account,
/// 16 bytes for the device, and an Ed25519 signature of both; it has no personal data in it.
package struct DeviceToken: Hashable, Sendable {
  private static let partSize = 16
  /// What begins the signed bytes, so that no other signature of the key serves as one.
  private static let context = Array("leadmesh device 1\n".utf8)

  /// Tells devices apart, 16 bytes.
  package let device: [UInt8]
  private let account: [UInt8]

  /// A new device's token for the account that has an address in a tenant.
  package init(newFor email: String, in tenant: TenantID) {
    account = Self.account(email, tenant)
    device = SecureRandom.bytes(Self.partSize)
  }

  /// - Returns: nil unless the signature is of one of `keys` and the account is that one.
  init?(
    _ text: String,
    of email: String,
    in tenant: TenantID,
    keys: some Sequence<Ed25519PublicKey>
  ) {
    let size = 2 * Self.partSize
    guard text.utf8.count <= 256, let bytes = Base64.decodeURL(text),
      bytes.count > size
    else { return nil }
    account = Array(bytes[..<Self.partSize])
    device = Array(bytes[Self.partSize..<size])
    guard account == Self.account(email, tenant) else { return nil }
    let signature = Array(bytes[size...])
    let signed = Self.context + account + device
    guard keys.contains(where: { $0.isValid(signature, for: signed) }) else { return nil }
  }

  fileprivate func text(_ key: borrowing Ed25519PrivateKey) -> String {
    let signature = key.sign(Self.context + account + device)
    return Base64.encodeURL(account + device + signature)
  }

  private static func account(_ email: String, _ tenant: TenantID) -> [UInt8] {
    Array(SHA256.hash(tenant.bytes + Array(EmailAddress.folded(email).utf8)).prefix(partSize))
  }
}

extension TokenSigner {
  /// The text of a device's token.
  package func text(_ device: DeviceToken) -> String { signed { device.text($0) } }

  /// The device that a text proves for an account; nil for any other text.
  package func device(_ text: String, of email: String, in tenant: TenantID) -> DeviceToken? {
    guard !text.isEmpty else { return nil }
    return DeviceToken(text, of: email, in: tenant, keys: [signed { $0.publicKey }])
  }
}

extension TokenVerifier {
  /// The device that a text proves for an account; nil for any other text.
  package func device(_ text: String, of email: String, in tenant: TenantID) -> DeviceToken? {
    text.isEmpty ? nil : DeviceToken(text, of: email, in: tenant, keys: currentKeys)
  }
}
