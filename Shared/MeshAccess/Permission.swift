/// The permission for one action with one kind of object, as methods state in
/// `(leadmesh.options.v1.access)`.
package struct Permission: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Such as `lead`.
  package let object: String
  /// `read`, `create`, `edit`, `delete` or a verb of the object's own.
  package let action: String

  package init(_ object: String, _ action: String) {
    self.object = object
    self.action = action
  }

  /// The form in which clients see it: `lead.create`.
  package var description: String { object + "." + action }

  package static func < (left: Self, right: Self) -> Bool {
    (left.object, left.action) < (right.object, right.action)
  }
}
