import ContentModel
import Foundation
import Testing

@testable import Formats

@Suite struct NukeVietDumpTests {
  /// Every row of a dump as `table: a|b|NULL`, read in pieces of any size.
  func rows(_ text: String) throws -> [String] { try rows(Array(text.utf8)) }

  func rows(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [String] {
    var dump = NukeVietDump(ByteSource(bytes: bytes, name: "a.sql"), limit: limit)
    var rows: [String] = []
    try dump.read { table, _ in
      table.hasPrefix("skip") ? .skip : table.hasPrefix("count") ? .count : .read
    } row: { table, columns, row in
      guard let row else { return rows.append("\(table)") }
      let values = columns.indices.map { index in
        row[index].map { String(decoding: $0, as: UTF8.self) } ?? "NULL"
      }
      rows.append("\(table):\(row.line): \(values.joined(separator: "|"))")
    }
    return rows
  }

  @Test func theFormOfNukeViet() throws {
    let dump = """
      -- NUKEVIET 4.0
      SET NAMES 'utf8mb4';
      DROP TABLE IF EXISTS `t`;
      CREATE TABLE `t` (
        `id` int(11) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Số; (thứ tự), khóa',
        `price` decimal(8,2) DEFAULT 0,
        `text` text,
        PRIMARY KEY (`id`), UNIQUE KEY `x` (`price`,`text`(10))
      ) ENGINE=MyISAM;

      INSERT INTO `t` VALUES
      (1, -1.50, 'a\\'b\\"c\\\\d'),\u{20}
      (2, NULL, 'hai
      dòng; (x)');
      """
    #expect(try rows(dump) == ["t:12: 1|-1.50|a'b\"c\\d", "t:13: 2|NULL|hai\ndòng; (x)"])
  }

  @Test func theFormsOfMysqldumpAndPhpMyAdmin() throws {
    let dump = """
      /*M!999999\\- enable the sandbox mode */
      /*!40101 SET NAMES utf8mb4 */;
      # phpMyAdmin
      create table if not exists db.`t` (a int, b text, KEY `a` (a)) /*!50100 PARTITION BY HASH (a) */;
      LOCK TABLES `t` WRITE;
      INSERT INTO `t` (`b`, a) VALUES ('x''y',1),("q""\\n\\t\\%\\_\\0",2),(_utf8mb4'z',0x31),(X'4142',+3);
      insert ignore into `t` values (1e5,TRUE) on duplicate key update a=1;
      REPLACE INTO `db`.`t` VALUES (1,/* hm */N'n') -- end
      ;
      DELIMITER ;;
      CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN INSERT INTO t VALUES (9,'no'); END ;;
      DELIMITER ;
      INSERT INTO skip VALUES ('(;', f(x));
      INSERT INTO count VALUES (1,'),('), (2,'');
      INSERT INTO `t` VALUES (7,'end');
      """
    let expected = [
      "t:6: x'y|1", "t:6: q\"\n\t\\%\\_\0|2", "t:6: z|1", "t:6: AB|3", "t:7: 1e5|1", "t:8: 1|n", "count",
      "count", "t:15: 7|end",
    ]
    #expect(try rows(dump) == expected)
    let windows = "\u{FEFF}" + dump.replacing("\n", with: "\r\n")
    #expect(try rows(windows) == expected)
  }

  @Test func aRowAcrossChunksIsWhole() throws {
    let text = String(repeating: "Đường ‘quê’ ", count: 40_000)
    let dump = "CREATE TABLE t (a int, b text);\nINSERT INTO t VALUES (1,'\(text)\\''),\n(2,'\(text)');"
    #expect(try rows(dump) == ["t:2: 1|\(text)'", "t:3: 2|\(text)"])
  }

  @Test(arguments: [
    ("INSERT INTO t VALUES (1,'a'", "line 2: a row of t has no end"),
    ("INSERT INTO t VALUES (1,'a", "line 2: the file ends in the middle of a text in quotes"),
    ("INSERT INTO t VALUES (1,'a')", "line 2: the file ends in the middle of a statement"),
    ("INSERT INTO t VALUES (1)", "line 2: a row of t has 1 values for 2 columns"),
    ("INSERT INTO t VALUES (1,now())", "line 2: “NOW” is no value in a row of t"),
    ("INSERT INTO t VALUES (1,0xZ)", "line 2: a damaged hexadecimal value"),
    ("INSERT INTO t SET a=1;", "line 2: INSERT INTO t without VALUES"),
    ("/* x", "line 2: the file ends in the middle of a comment"),
    ("{\"a\":1}", "line 2: '{' begins no statement"),
    ("SELECT 1;\n\u{0};", "line 3: a NUL byte"),
  ])
  func whatIsBrokenIsRefusedWithItsLine(text: String, problem: String) throws {
    let refused = try refusal { _ = try rows("CREATE TABLE t (a int, b text);\n" + text) }
    #expect(refused?.code == .invalid)
    #expect(refused?.message == "a.sql, \(problem)")
  }

  @Test func aRowIsBounded() throws {
    let dump =
      "CREATE TABLE t (a text);\nINSERT INTO t VALUES ('\(String(repeating: "x", count: 2_000_000))');"
    let refused = try refusal { _ = try rows(Array(dump.utf8)) }
    #expect(refused?.message == "a.sql, line 2: a row has more than 1 MB")
  }

  @Test func compressedAndWideFilesAreRefusedByName() throws {
    for (bytes, word) in [
      ([0x1F, 0x8B, 8, 0], "gzip"), ([0x50, 0x4B, 3, 4], "zip"), ([0x42, 0x5A, 0x68, 0x39], "bzip2"),
      ([0xFF, 0xFE, 0x2D, 0], "UTF-16"),
    ] as [([UInt8], String)] {
      let refused = try refusal { _ = try rows(bytes + [1, 2, 3]) }
      #expect(refused?.message.contains(word) == true)
    }
  }

  @Test func garbageNeverCrashes() throws {
    var random = Seeded(state: 7)
    let parts = [
      "INSERT INTO t ", "VALUES ", "(", ")", ",", "'", "\"", "`", "\\", ";", "--", "-- ", "/*", "*/", "#",
      "\n",
      "CREATE TABLE t ", "a int", "1", "0x", "X'", "_a", "NULL", ".", "DELIMITER ", "Đ", "\u{1}",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...20, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
      _ = try refusal { _ = try rows(text) }
    }
  }
}
