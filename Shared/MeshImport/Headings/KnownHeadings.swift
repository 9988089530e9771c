/// The headings that any table has or that are the records' own, by which a header is told from other lines.
package struct KnownHeadings: Sendable {
  let keys: Set<HeadingKey>

  package func contains(_ heading: String) -> Bool { keys.contains(HeadingKey(heading)) }
}
