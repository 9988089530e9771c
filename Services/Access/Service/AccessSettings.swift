package import MeshService

extension AccessService {
  /// The service's settings, besides those of every service.
  package struct Settings: ServiceSettings {
    /// PEM file of the private key that signs tokens; nil for the one in the data folder.
    let tokenKey: String?

    package init(from reader: inout SettingsReader) {
      tokenKey = reader.optionalText(
        "TOKEN_KEY",
        "PEM file of the Ed25519 private key that tokens are signed with, readable by its owner "
          + "alone. Default: keys/token.pem in the data folder."
      )
    }
  }
}
