import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// A small portal on a fixed day, with what most tests need.
struct Portal {
  static let now = Date(timeIntervalSince1970: 1_795_000_000)  // 2026-11-18 11:06:40 UTC
  let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin()]) { Self.now }
    try run("category create 'Tin tức'")
    try run("category create 'Nông thôn mới' --parent tin-tuc")
    try run("category create OCOP --parent nong-thon-moi")
    try run("source create 'Báo Nông nghiệp' --url https://bao.example.vn")
    try run("topic create 'Mùa vụ'")
    try run(
      "article create 'Hội nghị tổng kết' --category nong-thon-moi --tags 'lúa, đường' --state published")
    try run("article create 'Đường làng' --category ocop --body 'Một con đường' --summary 'Dài 3 km'")
  }

  @discardableResult
  func run(_ line: String, input: String = "", answers: [Bool] = []) throws -> String {
    try site.run(line, input: input, answers: answers)
  }

  /// What people are told.
  func notes(_ line: String, answers: [Bool] = []) throws -> [String] {
    let output = MemoryOutput(answers: answers)
    try site.run(line, output)
    return output.notes
  }

  /// The refusal of a line; nil if it went through.
  func refusal(_ line: String, input: String = "", answers: [Bool] = []) -> Refusal? {
    do {
      try run(line, input: input, answers: answers)
      return nil
    } catch let refusal as Refusal {
      return refusal
    } catch {
      Issue.record("\(line): \(error)")
      return nil
    }
  }

  /// One field of one item.
  func field(_ name: String, of ref: String, noun: String = "article") throws -> String {
    String(try run("\(noun) show \(ref) --field \(name)").dropLast())
  }
}
