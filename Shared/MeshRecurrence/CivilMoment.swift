package import MeshCore

extension CivilTime {
  /// The time that clocks of a zone show at a moment, to the second.
  package init(at moment: Timestamp, in zone: TimeZone) {
    self.init(wall: Int(moment.secondsSince1970) + zone.offset(at: moment), isWholeDay: false)
  }
}
