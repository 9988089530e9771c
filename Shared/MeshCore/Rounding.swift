extension SignedInteger where Self: FixedWidthInteger {
  /// The quotient, rounded half away from zero.
  ///
  /// - Parameter divisor: above 0.
  /// - Returns: the nearest whole number: of 5 and 2 it is 3, of -5 and 2 it is -3.
  package func dividedAndRounded(by divisor: Self) -> Self {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    let isUp = rest.magnitude >= divisor.magnitude - rest.magnitude
    return isUp ? quotient + signum() : quotient
  }
}
