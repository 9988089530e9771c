import MeshCore
import MeshCrypto

/// What calls that send a part of a file say of it: its SHA-256 in hexadecimal digits.
package func digest(of content: [UInt8]) -> String { Hex.encode(SHA256.hash(content)) }
