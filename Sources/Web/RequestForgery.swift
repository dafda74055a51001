/// The defence against pages of others that make a visitor's browser send a form here. It looks at what browsers say
/// about where a request comes from, and needs no token in every form.
public enum RequestForgery {
  /// Why the request is not to be carried out; nil if it is fine. Requests that only ask always are. A request that
  /// tells neither (no browser of these years) is let through: it carries nobody's cookies against their will.
  public static func refusal(of request: WebRequest) -> WebProblem? {
    guard !request.method.isSafe else { return nil }
    let refusal = WebProblem.forbidden("This form was not sent from a page of this site.")
    if let site = request.headers["Sec-Fetch-Site"] {
      return site == "same-origin" || site == "none" ? nil : refusal
    }
    guard let origin = request.headers["Origin"] else { return nil }
    return host(ofOrigin: origin) == withoutUsualPort(request.host) ? nil : refusal
  }

  /// `https://Example.org:443` has the host `example.org`; nil for `null` and nonsense.
  private static func host(ofOrigin origin: String) -> String? {
    for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
      return withoutUsualPort(String(origin.dropFirst(scheme.count)))
    }
    return nil
  }

  private static func withoutUsualPort(_ host: String) -> String {
    let host = host.lowercased()
    for port in [":80", ":443"] where host.hasSuffix(port) { return String(host.dropLast(port.count)) }
    return host
  }
}
