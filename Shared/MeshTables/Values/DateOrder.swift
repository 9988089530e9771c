/// The order of a date's parts where all are numbers.
package enum DateOrder: String, Sendable, Hashable, CaseIterable {
  case monthFirst = "mdy"
  case dayFirst = "dmy"
  case yearFirst = "ymd"

  package var words: String {
    switch self {
    case .monthFirst: "month before day"
    case .dayFirst: "day before month"
    case .yearFirst: "year before month"
    }
  }
}
