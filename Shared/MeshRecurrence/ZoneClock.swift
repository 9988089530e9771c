import MeshCore

/// Finds when clocks of a zone show a time.
///
/// By RFC 5545, section 3.3.5, a time that clocks skip counts as if they had not been changed yet, and a time that they
/// show twice means the first. No zone changes its clocks twice within two days.
struct ZoneClock {
  private let zone: TimeZone
  /// Moments in seconds since 1970, between which the clocks are known to keep their offset.
  private var steady = 0..<0
  private var steadyOffset = 0

  init(_ zone: TimeZone) { self.zone = zone }

  /// When clocks show `wall`, in seconds since 1970, and whether they skip it.
  mutating func moment(of wall: Int) -> (seconds: Int, isSkipped: Bool) {
    if steady.contains(wall - steadyOffset) { return (wall - steadyOffset, false) }
    let (before, after) = (offset(at: wall - 86_400), offset(at: wall + 86_400))
    if before == after {
      steady = wall - 86_400..<wall + 86_400
      steadyOffset = before
      return (wall - before, false)
    }
    let first = wall - before
    if offset(at: first) == before { return (first, false) }
    let second = wall - after
    return offset(at: second) == after ? (second, false) : (first, true)
  }

  /// The earliest that clocks may show at a moment, if they are changed around that time.
  func earliestWall(at seconds: Int) -> Int {
    seconds + min(offset(at: seconds), offset(at: seconds - 86_400), offset(at: seconds + 86_400))
  }

  /// The latest that they may show.
  func latestWall(at seconds: Int) -> Int {
    seconds + max(offset(at: seconds), offset(at: seconds - 86_400), offset(at: seconds + 86_400))
  }

  private func offset(at seconds: Int) -> Int {
    zone.offset(at: Timestamp(microseconds: Int64(seconds) * 1_000_000))
  }
}
