import SenKernel

/// Long texts of editors as HTML that is safe to send.
struct Prose: Sendable {
  func html(_ text: String, _ format: BodyFormat, pictures: (String) -> PublishedPicture?) -> String {
    text.split(separator: "\n\n").map { "<p>\(Escape.html(String($0)))</p>" }.joined(separator: "\n")
  }
}
