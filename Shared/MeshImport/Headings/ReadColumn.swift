/// A column of a file, and what its heading means.
package struct ReadColumn: Sendable, Equatable {
  /// What the meaning was found in, the surest first.
  package enum Origin: Int, Sendable, Comparable {
    /// The table of the system that wrote the file.
    case source
    /// A name or label of the record's own fields.
    case record
    /// The words of a language.
    case words
    /// The tables of other systems, which agree about it.
    case others

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// From 0; columns of the same heading are told apart by it.
  package let index: Int
  package let heading: String
  /// nil when the heading is not known, or is the record's own field.
  package let meaning: ColumnMeaning?
  /// The record's field that it is for; nil when there is none, or the meaning takes more than a copy.
  package let field: String?
  package let origin: Origin?
  /// Its rank in the table.
  ///
  /// Of columns of one origin, parts of an address of the same rank belong together.
  package let rank: Int
  /// Its place among the columns with the same field or meaning, from 0: the first with a value counts.
  package internal(set) var preference = 0
  /// Whether a heading that is not understood seems to be about being contacted; it is remarked upon.
  package let looksLikeWish: Bool

  package var isKnown: Bool { meaning != nil || field != nil }

  /// What the columns that stand for one another have in common; nil for columns that are not known.
  var target: String? { field ?? meaning?.rawValue }
}
