extension FixedWidthInteger {
  /// The sum, or the nearest number that there is: for numbers that somebody else wrote, which `+` would crash on.
  public func addingClamped(_ other: Self) -> Self {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? (other < 0 ? .min : .max) : sum
  }
}
