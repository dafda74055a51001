-- A corpus of Vietnamese news for measuring: .parameter set :n COUNT, then read this file in a folder for its output.
--   sen.ndjson     categories, sources and articles, as `sen import ndjson` reads them
--   terms.csv      type,slug,title of the tags, categories and sources, for the peer
--   articles.csv   the same articles, a row each, for the peer
-- The same at every run. Syllables follow a curve like Zipf's over about 4,000 spellings, so that the search index
-- has a realistic number of words and of articles a word. Bodies are plain Markdown: both programs index the same.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;

CREATE TABLE syllable (id INTEGER PRIMARY KEY, text TEXT);
WITH
  onset(place, o) AS (SELECT key, value FROM json_each('["b","c","ch","d","đ","g","h","kh","l","m","n","ng","nh","ph","r","s","t","th","tr","v","x",""]')),
  rime(level, tones) AS (SELECT key, value FROM json_each('[
    ["a","à","ả","ã","á","ạ"],["ai","ài","ải","ãi","ái","ại"],["am","àm","ảm","ãm","ám","ạm"],["an","àn","ản","ãn","án","ạn"],
    ["ang","àng","ảng","ãng","áng","ạng"],["anh","ành","ảnh","ãnh","ánh","ạnh"],["ao","ào","ảo","ão","áo","ạo"],["ay","ày","ảy","ãy","áy","ạy"],
    ["ăn","ằn","ẳn","ẵn","ắn","ặn"],["ăng","ằng","ẳng","ẵng","ắng","ặng"],["âm","ầm","ẩm","ẫm","ấm","ậm"],["ân","ần","ẩn","ẫn","ấn","ận"],
    ["âu","ầu","ẩu","ẫu","ấu","ậu"],["ây","ầy","ẩy","ẫy","ấy","ậy"],["o","ò","ỏ","õ","ó","ọ"],["oi","òi","ỏi","õi","ói","ọi"],
    ["on","òn","ỏn","õn","ón","ọn"],["ong","òng","ỏng","õng","óng","ọng"],["ô","ồ","ổ","ỗ","ố","ộ"],["ôi","ồi","ổi","ỗi","ối","ội"],
    ["ông","ồng","ổng","ỗng","ống","ộng"],["ơ","ờ","ở","ỡ","ớ","ợ"],["ơi","ời","ởi","ỡi","ới","ợi"],["u","ù","ủ","ũ","ú","ụ"],
    ["ung","ùng","ủng","ũng","úng","ụng"],["ư","ừ","ử","ữ","ứ","ự"],["ưng","ừng","ửng","ững","ứng","ựng"],["ương","ường","ưởng","ưỡng","ướng","ượng"],
    ["ươi","ười","ưởi","ưỡi","ưới","ượi"],["uyên","uyền","uyển","uyễn","uyến","uyện"],["ưa","ừa","ửa","ữa","ứa","ựa"],["ua","ùa","ủa","ũa","úa","ụa"]]'))
INSERT INTO syllable
SELECT row_number() OVER (ORDER BY ((place * 211 + level * 17 + t.key + 1) * 48271 * 69621) % 2147483647, o, t.value),
  o || t.value
FROM onset, rime, json_each(rime.tones) t;

-- A number from 0 to 1 out of another: two rounds of Lehmer's generator. SQLite's own random() repeats nothing.
CREATE TABLE size AS SELECT max(id) AS syllables FROM syllable;

CREATE TABLE sentence (id INTEGER PRIMARY KEY, text TEXT);
INSERT INTO sentence
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000),
  w(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM w WHERE k < 26)
SELECT i, upper(substr(t, 1, 1)) || substr(t, 2) || '.' FROM (
  SELECT i, (
    SELECT group_concat((SELECT text FROM syllable WHERE id =
      CAST(8 * exp((((i * 31 + k) * 48271 % 2147483647) * 69621 % 2147483647) / 2147483647.0
        * ln((SELECT syllables FROM size) / 8.0)) AS INTEGER) - 7), ' ')
    FROM w WHERE k <= 10 + i % 17) AS t
  FROM n);

CREATE TABLE term (type TEXT, slug TEXT, title TEXT);
INSERT INTO term SELECT 'category', 'muc-' || id, 'Mục ' || text FROM syllable WHERE id BETWEEN 101 AND 120;
INSERT INTO term SELECT 'source', 'nguon-' || id, 'Báo ' || text FROM syllable WHERE id BETWEEN 201 AND 210;
INSERT INTO term SELECT 'tag', 'the-' || a.id, a.text || ' ' || b.text
FROM syllable a JOIN syllable b ON b.id = a.id + 700 WHERE a.id BETWEEN 301 AND 900;
CREATE INDEX termBySlug ON term(slug);

CREATE TABLE article (
  id INTEGER PRIMARY KEY, title, slug, state, createdAt, updatedAt, publishAt, summary, category, source, byline,
  tags, body);
INSERT INTO article
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n),
  w(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM w WHERE k < 60),
  d(i, x, at) AS (SELECT i, (i * 48271 % 2147483647) * 69621 % 2147483647, 1325376000 + i * 3797 FROM n)
SELECT i,
  (SELECT rtrim(text, '.') FROM sentence WHERE id = 1 + x % 30000) || ' ' || i,
  'bai-' || x || '-' || i,
  CASE WHEN x % 50 = 0 THEN 'draft' ELSE 'published' END,
  strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%SZ', at + x % 180000, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch'),
  (SELECT group_concat(text, ' ') FROM sentence WHERE id BETWEEN 1 + x % 29990 AND 4 + x % 29990),
  'muc-' || (101 + x % 20), 'nguon-' || (201 + x % 10),
  (SELECT text FROM syllable WHERE id = 1 + x % 90) || ' ' || (SELECT text FROM syllable WHERE id = 1 + x % 97),
  (SELECT json_group_array(title) FROM (SELECT DISTINCT title FROM w JOIN term ON
    slug = 'the-' || (301 + (x + k * k * 7919) % 600) WHERE k <= 2 + x % 5)),
  (SELECT group_concat(text, CASE k % 4 WHEN 0 THEN char(10, 10) ELSE ' ' END)
    FROM w JOIN sentence ON id = 1 + (x + k * 15485863) % 30000 WHERE k <= 18 + x % 29)
FROM d;

.headers off
.mode list
.once sen.ndjson
SELECT json_object('type', type, 'slug', slug, 'title', title) FROM term WHERE type <> 'tag'
UNION ALL
SELECT json_object('type', 'article', 'title', title, 'slug', slug, 'state', state, 'createdAt', createdAt,
  'updatedAt', updatedAt, 'publishAt', publishAt, 'summary', summary, 'category', category, 'source', source,
  'byline', byline, 'tags', json(tags), 'body', body) FROM article;
.headers on
.mode csv
.once terms.csv
SELECT type, slug, title FROM term;
.once articles.csv
SELECT title, slug, state, createdAt, updatedAt, publishAt, summary, category, source, byline, tags, body FROM article;
