/// Which Sen this is.
public enum Release {
  /// As `sen version` says it, and as a site remembers who brought its tables up last.
  public static let version = "0.1.0"
}
