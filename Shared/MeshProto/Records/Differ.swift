// Whether a field's value became another. Texts are compared by their bytes, as the store compares them:
// Swift's `==` takes "\u{e9}" and "e\u{301}" for the same.

package func differ(_ left: String, _ right: String) -> Bool {
  !left.utf8.elementsEqual(right.utf8)
}

package func differ(_ left: String?, _ right: String?) -> Bool {
  guard let left, let right else { return (left == nil) != (right == nil) }
  return differ(left, right)
}

package func differ(_ left: [String], _ right: [String]) -> Bool {
  left.count != right.count || zip(left, right).contains { differ($0, $1) }
}

package func differ<Value: Equatable>(_ left: Value, _ right: Value) -> Bool { left != right }
