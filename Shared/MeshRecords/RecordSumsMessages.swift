import MeshCore
import MeshProto
import RecordsAPI

extension TotalSums {
  /// The sums as a message of a response.
  func message(_ tenant: ReportSettings) -> RecordSums {
    let converted = converted(to: tenant.currency, tenant.rates)
    return RecordSums(
      count: count,
      sum: amounts,
      weightedSum: weightedAmounts,
      tooLargeCurrencies: tooLarge.map(\.text),
      convertedSum: converted.amount,
      convertedWeightedSum: converted.weighted
    )
  }
}
