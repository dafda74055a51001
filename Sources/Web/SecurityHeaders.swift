/// What browsers are told for the safety of visitors, unless an answer says otherwise.
public enum SecurityHeaders {
  /// For every answer.
  public static let always: [WebHeaders.Field] = [
    .init(
      "Content-Security-Policy",
      "default-src 'none'; img-src 'self' https: data:; style-src 'self'; font-src 'self'; script-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'; media-src 'self'"),
    .init("X-Content-Type-Options", "nosniff"),
    .init("Referrer-Policy", "strict-origin-when-cross-origin"),
    .init(
      "Permissions-Policy",
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"),
    .init("Cross-Origin-Opener-Policy", "same-origin"),
    .init("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  /// For files that somebody uploaded: nothing in them runs, wherever it is opened.
  public static let file = WebHeaders.Field("Content-Security-Policy", "default-src 'none'; sandbox")

  /// The same for sound and moving pictures: the browser's own player is a page that plays the file at its address, and
  /// has to be of the same origin for that. No script runs in it either.
  public static let played = WebHeaders.Field(
    "Content-Security-Policy", "default-src 'none'; media-src 'self'; sandbox allow-same-origin")

  /// What holds for an uploaded file that is sent as this type.
  public static func file(sentAs type: String?) -> WebHeaders.Field {
    let isPlayed = type.map { $0.hasPrefix("audio/") || $0.hasPrefix("video/") } ?? false
    return isPlayed ? played : file
  }

  /// Only by https (RFC 6797, 7.2): a year.
  public static let secure = WebHeaders.Field("Strict-Transport-Security", "max-age=31536000")
}
