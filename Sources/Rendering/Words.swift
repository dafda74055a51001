import ContentModel
import Templates

/// The words of the interface, in the languages that Sen speaks; `{{words.newer}}` in a template.
struct Words: TemplateValue, Sendable {
  private let words: [String: String]
  private let isVietnamese: Bool

  /// - Parameter language: a BCP 47 tag; Vietnamese where it begins with `vi`, else English.
  init(language: String) {
    let isVietnamese = language.hasPrefix("vi")
    self.isVietnamese = isVietnamese
    words = Self.all.mapValues { isVietnamese ? $0.vi : $0.en }
  }

  subscript(name: String) -> String? { words[name] }

  /// A word that is missing shows its own name, so that somebody sees it.
  func child(named name: String) -> (any TemplateValue)? { TextValue(text: words[name] ?? name) }

  /// What a noun is called above a list of its items.
  func noun(_ name: String) -> String? { words["noun-\(name)"] }

  /// What a field is called on pages and in forms, of one noun or action or of any.
  func label(_ field: String, of owner: String) -> String? {
    words["field-\(owner)-\(field)"] ?? words["field-\(field)"]
  }

  /// What is wrong with a field of a form. What has no words here is told as it is on a site in English, and else only
  /// that there is something.
  func complaint(_ refusal: Refusal) -> String {
    switch refusal.reason {
    case .missing: words["error-missing"] ?? ""
    case .tooLong(let most): "\(words["error-tooLong"] ?? "") \(most)."
    case .tooMany(let most): "\(words["error-tooMany"] ?? "") \(most)."
    case nil: isVietnamese ? words["error"] ?? "" : Self.sentence(refusal)
    }
  }

  /// The message without the name of the field, which the label tells.
  private static func sentence(_ refusal: Refusal) -> String {
    guard let field = refusal.field, refusal.message.hasPrefix("\(field): ") else { return refusal.message }
    let text = refusal.message.dropFirst(field.count + 2)
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private static let all = interface.merging(labels) { word, _ in word }

  private static let interface: [String: (vi: String, en: String)] = [
    "home": ("Trang chủ", "Home"),
    "skip": ("Đến nội dung chính", "Skip to content"),
    "menu": ("Trình đơn", "Menu"),
    "search": ("Tìm kiếm", "Search"),
    "searchFor": ("Tìm trong trang này", "Search this site"),
    "searchHint": ("Gõ từ cần tìm; có dấu hay không dấu đều được.", "Type words; accents do not matter."),
    "nothingFound": ("Không tìm thấy kết quả nào.", "Nothing was found."),
    "results": ("Kết quả", "Results"),
    "newer": ("Tin mới hơn", "Newer"),
    "older": ("Tin cũ hơn", "Older"),
    "ofTopic": ("Cùng chủ đề", "On the same topic"),
    "source": ("Theo", "From"),
    "tags": ("Từ khóa", "Tags"),
    "updated": ("Cập nhật", "Updated"),
    "by": ("Tác giả", "By"),
    "rate": ("Đánh giá bài viết", "Rate this article"),
    "ratings": ("đánh giá", "ratings"),
    "vote": ("Biểu quyết", "Vote"),
    "votes": ("phiếu", "votes"),
    "voters": ("người tham gia", "voters"),
    "showResults": ("Xem kết quả", "See the results"),
    "resultsForVoters": ("Kết quả cho người đã biểu quyết", "Results, for those who have voted"),
    "hasVoted": ("Bạn đã biểu quyết.", "You have voted."),
    "pollClosed": ("Cuộc thăm dò đã kết thúc.", "This poll is closed."),
    "more": ("Xem thêm", "More"),
    "page": ("Trang", "Page"),
    "pages": ("Các trang", "Pages"),
    "previous": ("Trang trước", "Previous"),
    "next": ("Trang sau", "Next"),
    "breadcrumb": ("Đường dẫn", "Breadcrumb"),
    "sections": ("Chuyên mục con", "Sections"),
    "contents": ("Sơ đồ trang", "Site map"),
    "feed": ("Nguồn tin RSS", "RSS feed"),
    "preview": (
      "Bản xem trước, công chúng chưa chắc đã thấy. Đường dẫn này dùng được đến",
      "A preview, which the public may not see. This link holds until"
    ),
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
    "online": ("Đang trực tuyến", "Online"),
    "today": ("Hôm nay", "Today"),
    "month": ("Tháng này", "This month"),
    "total": ("Tổng cộng", "Total"),
    "ask": ("Gửi câu hỏi", "Ask a question"),
    "answer": ("Trả lời", "Answer"),
    "currency": ("Ngoại tệ", "Currency"),
    "buyTransfer": ("Mua chuyển khoản", "Buy transfer"),
    "sell": ("Bán", "Sell"),
    "stale": ("Số liệu cũ", "Out of date"),
    "table": ("Bảng", "Table"),
    "done-vote": ("Cảm ơn bạn đã biểu quyết.", "Thank you for your vote."),
    "done-rate": ("Cảm ơn bạn đã đánh giá.", "Thank you for your rating."),
    "done-ask": (
      "Câu hỏi của bạn đã được gửi và sẽ được đăng sau khi trả lời.",
      "Your question was sent; it will be published with its answer."
    ),
    "done-again": (
      "Trang đã cũ, xin gửi lại biểu mẫu.", "The page was out of date; please send the form again."
    ),
    "tooManyHere": (
      "Hôm nay đã có quá nhiều lượt gửi từ kết nối này.",
      "Too many have done this from your connection today."
    ),
    "refused-409": (
      "Bạn đã gửi rồi, hoặc lúc này không thể gửi.", "You have done this already, or it cannot be done now."
    ),
    "refused-422": (
      "Chưa gửi được. Xin sửa những chỗ sau rồi gửi lại:", "This was not sent. Please mend the following:"
    ),
    "problem-400": ("Yêu cầu không đọc được.", "The request makes no sense."),
    "problem-403": (
      "Biểu mẫu này không được gửi từ một trang của cổng. Xin mở lại trang rồi gửi lần nữa.",
      "This form was not sent from a page of this site. Please open the page again and send it once more."
    ),
    "problem-405": ("Không làm được như vậy ở đây.", "This is not done here."),
    "problem-413": (
      "Nội dung gửi lên quá dài nên chưa được nhận. Xin bấm nút Quay lại của trình duyệt: những gì bạn đã viết vẫn còn ở đó. Hãy rút ngắn rồi gửi lại, hoặc chia thành nhiều lần gửi.",
      "What was sent is too long and was not received. Please use your browser's Back button: what you wrote is still there. Shorten it and send it again, or send it in several parts."
    ),
    "shorten": ("Phần cần rút ngắn", "What to shorten"),
    "problem-414": ("Địa chỉ quá dài.", "The address is too long."),
    "refused-429": (
      "Chưa gửi được: có quá nhiều lượt gửi từ kết nối này. Những gì bạn đã viết còn ở dưới đây; xin chờ ít phút rồi gửi lại.",
      "This was not sent: too much came from your connection. What you wrote is below; please wait a little and send it again."
    ),
    "problem-429": (
      "Có quá nhiều yêu cầu. Xin chờ ít phút rồi thử lại.",
      "Too many requests. Please try again in a little while."
    ),
    "errorTitle": ("Chưa gửi được", "Not sent"),
    "error": ("Chưa đúng, xin kiểm tra lại.", "This is not right; please check it."),
    "error-missing": ("Xin điền ô này.", "Please fill this in."),
    "error-tooLong": ("Dài quá; số ký tự nhiều nhất:", "This is too long; the most characters that fit:"),
    "error-tooMany": ("Nhiều quá; số lựa chọn nhiều nhất:", "Too many; the most that may be chosen:"),
    "youWrote": ("Bạn đã viết", "What you wrote"),
    "moreThan": ("Hơn", "More than"),
    "firstShown": (
      "Những kết quả cũ hơn không hiện ở đây; thêm từ để tìm hẹp hơn.",
      "Older ones are left out; more words find less."
    ),
    "narrow": ("Lọc danh sách", "Narrow the list"),
    "filter": ("Lọc", "Apply"),
    "everything": ("Tất cả", "All"),
    "showAll": ("Bỏ lọc", "Show all"),
    "year": ("Năm ban hành", "Year"),
    "nothingLeft": ("Không có mục nào như vậy.", "There is nothing like that."),
    "searchWords": ("Từ cần tìm", "Words"),
    "searchExample": ("Tìm bài, văn bản, số hiệu…", "News, documents, numbers…"),
    "resultsFor": ("kết quả cho", "results for"),
    "newWindow": ("mở cửa sổ mới", "opens a new window"),
    "required": ("bắt buộc", "required"),
    "toTop": ("Lên đầu trang", "To the top"),
    "sidebar": ("Thông tin thêm", "More on this site"),
    "below": ("Mục con của", "Below"),
    "list": ("Danh sách", "List"),
    "nothingYet": ("Chưa có nội dung.", "There is nothing here yet."),
    "of": ("trên", "of"),
    "pagesBelow": ("Trang con", "Pages below"),
    "otherLists": ("Mục khác", "Other lists"),
    "topic": ("Chuyên đề", "Series"),
    "outOfFive": ("trên 5, từ", "out of 5, from"),
    "noRatings": ("Chưa có đánh giá nào", "Not rated yet"),
    "howManyStars": ("Bạn cho bài này mấy sao?", "How many stars?"),
    "star1": ("1 sao, kém", "1 star, bad"),
    "star2": ("2 sao", "2 stars"),
    "star3": ("3 sao", "3 stars"),
    "star4": ("4 sao", "4 stars"),
    "star5": ("5 sao, rất hay", "5 stars, very good"),
    "sendRating": ("Gửi đánh giá", "Send"),
    "chooseAtMost": ("Số lựa chọn nhiều nhất:", "Choose at most"),
    "pollOpen": ("đang mở", "open"),
    "pollOpens": ("mở từ ngày", "opens on"),
    "until": ("đến", "until"),
    "album": ("Album", "Album"),
    "size": ("Kích thước", "Size"),
    "photoPage": ("Trang ảnh", "Page of this picture"),
    "previousPhoto": ("Ảnh trước", "Previous picture"),
    "nextPhoto": ("Ảnh sau", "Next picture"),
    "closePhoto": ("Đóng ảnh", "Close"),
    "otherPhotos": ("Ảnh khác trong album", "Other pictures of the album"),
    "wholeAlbum": ("Cả album", "Whole album"),
    "documents": ("văn bản", "documents"),
    "noCode": ("Chưa có số", "No number"),
    "files": ("Tệp đính kèm", "Files"),
    "downloads": ("lượt tải:", "downloads:"),
    "inForce": ("Đang có hiệu lực", "In force"),
    "notYetInForce": ("Chưa có hiệu lực", "Not yet in force"),
    "noLongerInForce": ("Hết hiệu lực", "No longer in force"),
    "takesComments": ("Lấy ý kiến đến", "Comments until"),
    "replacedBy": ("Được thay thế bởi", "Replaced by"),
    "replaces": ("Thay thế", "Replaces"),
    "related": ("Văn bản liên quan", "Related documents"),
    "otherQuestions": ("Câu hỏi cùng nhóm", "Other questions"),
    "sendQuestion": ("Gửi câu hỏi", "Send the question"),
    "buy": ("Mua", "Buy"),
    "transfer": ("CK", "Transfer"),
    "mid": ("Tỷ giá", "Rate"),
    "humidity": ("Độ ẩm", "Humidity"),
    "wind": ("Gió", "Wind"),
    "paid": ("Quảng cáo", "Advertisement"),
    "yes": ("có", "yes"),
    "no": ("không", "no"),
  ]
}
