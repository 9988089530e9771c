/// The order of a date's parts where all are numbers.
package enum DateOrder: String, Sendable, Hashable, CaseIterable {
  case monthFirst = "mdy"
  case dayFirst = "dmy"
  case yearFirst = "ymd"
}
