import MeshCore

/// The names that a field such as `Accept` or `Accept-Encoding` lists with weights (RFC 9110, section
/// 12.4.2).
package struct WeightedNames: Sendable {
  /// In thousandths, by the name in lower case.
  private var weights: [String: Int] = [:]

  /// Names that are looked at; the rest count as not sent.
  private static let mostNames = 64

  package init(_ headers: HTTPHeaders, of field: String) {
    let values = headers.all(field).map(\.asciiLowercased)
    for item in values.flatMap({ $0.split(separator: ",") }).prefix(Self.mostNames) {
      let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
      guard let name = parts.first, !name.isEmpty else { continue }
      var weight: Int? = 1_000
      for part in parts.dropFirst() where part.hasPrefix("q=") {
        weight = Self.thousandths(part.dropFirst(2))
      }
      // What cannot be read is not taken for consent.
      weights[name] = weight ?? 0
    }
  }

  /// How much a name is wanted, from 0 (refused) to 1,000; nil when the field does not list it.
  package subscript(name: String) -> Int? { weights[name] }

  /// `1`, `0.5`, `0.125`: a weight has three decimals at most.
  private static func thousandths(_ text: Substring) -> Int? {
    let digits = text.utf8
    guard let first = digits.first, digits.count <= 5, "01".utf8.contains(first) else { return nil }
    var weight = first == UInt8(ascii: "1") ? 1_000 : 0
    var place = 100
    let rest = digits.dropFirst()
    if let point = rest.first, point != UInt8(ascii: ".") { return nil }
    for digit in rest.dropFirst() {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      weight += Int(digit - UInt8(ascii: "0")) * place
      place /= 10
    }
    return weight <= 1_000 ? weight : nil
  }
}

/// The content codings that a client takes, by its `Accept-Encoding` (RFC 9110, section 12.5.3).
///
/// A client that sends no such field gets bodies as they are.
package struct AcceptedCodings: Sendable {
  private let names: WeightedNames

  package init(_ headers: HTTPHeaders) {
    names = WeightedNames(headers, of: "accept-encoding")
  }

  /// How much a coding is wanted, from 1 to 1,000; nil when the body as it is serves better.
  package func weight(of coding: String) -> Int? {
    let old = coding == "gzip" ? names["x-gzip"] : nil
    let weight = names[coding] ?? old ?? names["*"] ?? 0
    return weight > 0 && weight >= names["identity"] ?? 0 ? weight : nil
  }
}
