/// The reader of the output went away (`| head`, or `q` in the pager): end quietly, it is no error.
public struct OutputClosed: Error, Sendable, Hashable {
  public init() {}
}
