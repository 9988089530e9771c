import MeshCore

// The change log of one resource, by (tenant, object, id, sequence).
extension ReadTransaction {
  /// One page of the changes to a resource, newest first.
  ///
  /// - Parameters:
  ///   - object: the kind of resource.
  ///   - id: the resource's, as clients see it.
  ///   - request: which page.
  ///   - bytes: of images before and after; a page that would have more ends before, but has one change.
  /// - Returns: up to `request.size` changes.
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a token that is not of this list.
  package func history(
    _ object: String,
    _ id: String,
    _ request: PageRequest,
    upTo bytes: Int
  ) throws -> Page<ChangeEntry> {
    let list = NumberedList(["history", object, id], of: self)
    let before = try list.place(of: request) ?? .max
    var entries: [ChangeEntry] = []
    var held = 0
    var hasMore = false
    try session.runOwn(
      """
      SELECT \(ChangeLog.columns) FROM main.mesh_changes
      WHERE tenant_id = \(tenant) AND object = \(object) AND object_id = \(id)
        AND sequence < \(before)
      ORDER BY sequence DESC LIMIT \(request.size + 1)
      """
    ) { row in
      let entry = try ChangeLog.entry(&row)
      held += (entry.before?.count ?? 0) + (entry.after?.count ?? 0)
      guard entries.isEmpty || entries.count < request.size && held <= bytes else {
        hasMore = true
        return false
      }
      entries.append(entry)
      return true
    }
    let next = hasMore ? entries.last?.sequence : nil
    return Page(elements: entries, nextToken: next.map { list.token(at: $0) } ?? "")
  }

  /// The tenant's change with that number, as long as the log has it.
  package func change(_ sequence: Int64) throws -> ChangeEntry? {
    try session.firstOwn(
      """
      SELECT \(ChangeLog.columns) FROM main.mesh_changes
      WHERE sequence = \(sequence) AND tenant_id = \(tenant)
      """
    ) { row in try ChangeLog.entry(&row) }
  }

  /// The number of the newest change to a resource; nil when the log has none.
  package func lastChange(of object: String, _ id: String) throws -> Int64? {
    try session.firstOwn(
      """
      SELECT sequence FROM main.mesh_changes
      WHERE tenant_id = \(tenant) AND object = \(object) AND object_id = \(id)
      ORDER BY sequence DESC LIMIT 1
      """
    ) { row in try row.next() }
  }
}
