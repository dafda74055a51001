import Mustache

/// The words of the interface, in the languages that Sen speaks; `{{words.newer}}` in a template.
struct Words: MustacheParent, Sendable {
  private let words: [String: String]

  /// - Parameter language: a BCP 47 tag; Vietnamese where it begins with `vi`, else English.
  init(language: String) {
    let isVietnamese = language.hasPrefix("vi")
    words = Self.all.mapValues { isVietnamese ? $0.vi : $0.en }
  }

  subscript(name: String) -> String? { words[name] }

  /// A word that is missing shows its own name, so that somebody sees it.
  func child(named name: String) -> Any? { TextValue(text: words[name] ?? name) }

  /// What a noun is called above a list of its items.
  func noun(_ name: String) -> String? { words["noun-\(name)"] }

  private static let all: [String: (vi: String, en: String)] = [
    "home": ("Trang chủ", "Home"),
    "skip": ("Đến nội dung chính", "Skip to content"),
    "menu": ("Trình đơn", "Menu"),
    "search": ("Tìm kiếm", "Search"),
    "searchFor": ("Tìm trong trang này", "Search this site"),
    "searchHint": ("Gõ từ cần tìm; có dấu hay không dấu đều được.", "Type words; accents do not matter."),
    "nothingFound": ("Không tìm thấy kết quả nào.", "Nothing was found."),
    "results": ("kết quả", "results"),
    "newer": ("Tin mới hơn", "Newer"),
    "older": ("Tin cũ hơn", "Older"),
    "ofTopic": ("Cùng chủ đề", "On the same topic"),
    "source": ("Theo", "Source:"),
    "tags": ("Từ khóa", "Tags"),
    "updated": ("Cập nhật", "Updated"),
    "by": ("Tác giả", "By"),
    "rate": ("Đánh giá bài viết", "Rate this article"),
    "rating": ("Đánh giá", "Rating"),
    "ratingsIn": ("trong", "from"),
    "ratings": ("đánh giá", "ratings"),
    "points": ("điểm", "points"),
    "send": ("Gửi", "Send"),
    "vote": ("Biểu quyết", "Vote"),
    "votes": ("phiếu", "votes"),
    "voters": ("người tham gia", "voters"),
    "showResults": ("Xem kết quả", "See the results"),
    "pollClosed": ("Cuộc thăm dò đã kết thúc.", "This poll is closed."),
    "more": ("Xem thêm", "More"),
    "all": ("Xem tất cả", "See all"),
    "page": ("Trang", "Page"),
    "pages": ("Các trang", "Pages"),
    "previous": ("Trang trước", "Previous"),
    "next": ("Trang sau", "Next"),
    "breadcrumb": ("Đường dẫn", "Breadcrumb"),
    "sections": ("Chuyên mục con", "Sections"),
    "featured": ("Nổi bật", "Featured"),
    "latest": ("Tin mới", "Latest"),
    "contents": ("Sơ đồ trang", "Site map"),
    "feed": ("Nguồn tin RSS", "RSS feed"),
    "missingTitle": ("Không tìm thấy trang", "Page not found"),
    "missingText": (
      "Địa chỉ này không có hoặc đã được chuyển đi. Mời bạn tìm kiếm hoặc về trang chủ.",
      "There is nothing at this address. Try the search, or the front page."
    ),
    "goneTitle": ("Nội dung đã được gỡ", "No longer available"),
    "goneText": ("Nội dung này đã hết hạn hoặc được gỡ bỏ.", "This has expired or was taken down."),
    "failureTitle": ("Có lỗi xảy ra", "Something went wrong"),
    "failureText": ("Xin thử lại sau ít phút.", "Please try again in a few minutes."),
    "photos": ("ảnh", "pictures"),
    "close": ("Đóng", "Close"),
    "photo": ("Ảnh", "Photo:"),
    "download": ("Tải về", "Download"),
    "online": ("Đang trực tuyến", "Online"),
    "today": ("Hôm nay", "Today"),
    "month": ("Tháng này", "This month"),
    "total": ("Tổng cộng", "Total"),
    "ask": ("Gửi câu hỏi", "Ask a question"),
    "answer": ("Trả lời", "Answer"),
    "answeredBy": ("Người trả lời", "Answered by"),
    "currency": ("Ngoại tệ", "Currency"),
    "buyCash": ("Mua tiền mặt", "Buy cash"),
    "buyTransfer": ("Mua chuyển khoản", "Buy transfer"),
    "sell": ("Bán", "Sell"),
    "stale": ("Số liệu cũ", "Out of date"),
    "asOf": ("Lúc", "As of"),
    "attribution": ("Nguồn", "Source"),
    "table": ("Bảng", "Table"),
    "done-vote": ("Cảm ơn bạn đã biểu quyết.", "Thank you for your vote."),
    "done-rate": ("Cảm ơn bạn đã đánh giá.", "Thank you for your rating."),
    "done-ask": (
      "Câu hỏi của bạn đã được gửi và sẽ được đăng sau khi trả lời.",
      "Your question was sent; it will be published with its answer."
    ),
    "done-again": ("Trang đã cũ, xin gửi lại biểu mẫu.", "The page was out of date; please send the form again."),
    "tooManyHere": (
      "Hôm nay đã có quá nhiều lượt gửi từ kết nối này.", "Too many have done this from your connection today."
    ),
    "refused-409": (
      "Bạn đã gửi rồi, hoặc lúc này không thể gửi.", "You have done this already, or it cannot be done now."
    ),
    "refused-422": (
      "Nội dung gửi chưa đúng, xin quay lại kiểm tra.", "Something is missing or wrong; please go back and check."
    ),
    "noun-article": ("Tin tức", "News"),
    "noun-category": ("Chuyên mục", "Sections"),
    "noun-topic": ("Chủ đề", "Topics"),
    "noun-tag": ("Từ khóa", "Tags"),
    "noun-poll": ("Thăm dò ý kiến", "Polls"),
    "noun-album": ("Thư viện ảnh", "Picture library"),
    "noun-photo": ("Hình ảnh", "Pictures"),
    "noun-linkgroup": ("Liên kết", "Links"),
    "noun-document": ("Văn bản", "Documents"),
    "noun-questiongroup": ("Hỏi đáp", "Questions"),
    "noun-question": ("Hỏi đáp", "Questions"),
    "noun-page": ("Giới thiệu", "About"),
  ]
}
