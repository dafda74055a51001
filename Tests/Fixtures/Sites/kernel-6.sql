PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (name TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT (datetime())) STRICT;
INSERT INTO migration VALUES('kernel-1','2026-11-25 04:50:24');
INSERT INTO migration VALUES('kernel-2','2026-11-25 04:50:24');
INSERT INTO migration VALUES('kernel-3','2026-11-25 04:50:24');
INSERT INTO migration VALUES('kernel-4','2026-11-25 04:50:24');
INSERT INTO migration VALUES('kernel-5','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type tag: "description" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type category: "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL, "description" TEXT NOT NULL DEFAULT '''', "image" TEXT','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type topic: "description" TEXT NOT NULL DEFAULT '''', "image" TEXT','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type source: "url" TEXT, "logo" TEXT','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type article: "summary" TEXT NOT NULL DEFAULT '''', "category" INTEGER REFERENCES item(id) ON DELETE SET NULL, "topic" INTEGER REFERENCES item(id) ON DELETE SET NULL, "source" INTEGER REFERENCES item(id) ON DELETE SET NULL, "sourceURL" TEXT, "byline" TEXT NOT NULL DEFAULT '''', "cover" TEXT, "coverAlt" TEXT NOT NULL DEFAULT '''', "coverCaption" TEXT NOT NULL DEFAULT '''', "featuredUntil" TEXT, "allowRating" INTEGER CHECK ("allowRating" IN (0, 1)) NOT NULL DEFAULT 1, "seoTitle" TEXT NOT NULL DEFAULT '''', "seoDescription" TEXT NOT NULL DEFAULT '''', "bodyFormat" TEXT CHECK ("bodyFormat" IN (''markdown'', ''html'')) NOT NULL DEFAULT ''markdown'', "body" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type poll: "options" TEXT NOT NULL DEFAULT ''[]'', "mostChoices" INTEGER NOT NULL DEFAULT 1, "opens" TEXT, "closes" TEXT, "results" TEXT CHECK ("results" IN (''always'', ''afterVoting'', ''afterClosing'')) NOT NULL DEFAULT ''always''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type album: "description" TEXT NOT NULL DEFAULT '''', "cover" INTEGER REFERENCES item(id) ON DELETE SET NULL, "takenOn" TEXT, "place" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type photo: "album" INTEGER REFERENCES item(id) ON DELETE SET NULL, "file" TEXT, "alt" TEXT NOT NULL DEFAULT '''', "decorative" INTEGER CHECK ("decorative" IN (0, 1)) NOT NULL DEFAULT 0, "caption" TEXT NOT NULL DEFAULT '''', "credit" TEXT NOT NULL DEFAULT '''', "focalX" REAL NOT NULL DEFAULT 0.5, "focalY" REAL NOT NULL DEFAULT 0.5, "takenAt" TEXT, "width" INTEGER NOT NULL DEFAULT 0, "height" INTEGER NOT NULL DEFAULT 0','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type linkgroup: "description" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type link: "url" TEXT, "group" INTEGER REFERENCES item(id) ON DELETE SET NULL, "description" TEXT NOT NULL DEFAULT '''', "newWindow" INTEGER CHECK ("newWindow" IN (0, 1)) NOT NULL DEFAULT 0, "rel" TEXT NOT NULL DEFAULT ''[]'', "image" TEXT','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type place: "latitude" REAL NOT NULL DEFAULT 0.0, "longitude" REAL NOT NULL DEFAULT 0.0, "provider" TEXT CHECK ("provider" IN (''openMeteo'', ''openWeatherMap''))','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type board: "provider" TEXT CHECK ("provider" IN (''vietcombank'', ''ecb'')) NOT NULL DEFAULT ''vietcombank'', "currencies" TEXT NOT NULL DEFAULT ''[]''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type page: "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL, "summary" TEXT NOT NULL DEFAULT '''', "image" TEXT, "imageAlt" TEXT NOT NULL DEFAULT '''', "keywords" TEXT NOT NULL DEFAULT ''[]'', "seoTitle" TEXT NOT NULL DEFAULT '''', "seoDescription" TEXT NOT NULL DEFAULT '''', "bodyFormat" TEXT CHECK ("bodyFormat" IN (''markdown'', ''html'')) NOT NULL DEFAULT ''markdown'', "body" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type menu: "description" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type menuitem: "menu" INTEGER REFERENCES item(id) ON DELETE SET NULL, "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL, "target" INTEGER REFERENCES item(id) ON DELETE SET NULL, "link" TEXT, "note" TEXT NOT NULL DEFAULT '''', "icon" TEXT, "newWindow" INTEGER CHECK ("newWindow" IN (0, 1)) NOT NULL DEFAULT 0','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type zone: "width" INTEGER, "height" INTEGER, "turns" TEXT CHECK ("turns" IN (''sequence'', ''random'')) NOT NULL DEFAULT ''random'', "description" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type banner: "zone" INTEGER REFERENCES item(id) ON DELETE SET NULL, "image" TEXT, "imageAlt" TEXT NOT NULL DEFAULT '''', "text" TEXT NOT NULL DEFAULT '''', "link" TEXT, "weight" INTEGER NOT NULL DEFAULT 1, "isPaid" INTEGER CHECK ("isPaid" IN (0, 1)) NOT NULL DEFAULT 0, "newWindow" INTEGER CHECK ("newWindow" IN (0, 1)) NOT NULL DEFAULT 0','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type area: "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type documentkind: "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type document: "code" TEXT NOT NULL DEFAULT '''', "abstract" TEXT NOT NULL DEFAULT '''', "area" INTEGER REFERENCES item(id) ON DELETE SET NULL, "kind" INTEGER REFERENCES item(id) ON DELETE SET NULL, "issuer" TEXT NOT NULL DEFAULT '''', "signer" TEXT NOT NULL DEFAULT '''', "signerOffice" TEXT NOT NULL DEFAULT '''', "issuedOn" TEXT, "inForceFrom" TEXT, "expiresOn" TEXT, "commentsUntil" TEXT, "note" TEXT NOT NULL DEFAULT '''', "body" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type attachment: "document" INTEGER REFERENCES item(id) ON DELETE SET NULL, "file" TEXT','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type questiongroup: "description" TEXT NOT NULL DEFAULT '''', "isOpen" INTEGER CHECK ("isOpen" IN (0, 1)) NOT NULL DEFAULT 1','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type question: "text" TEXT NOT NULL DEFAULT '''', "group" INTEGER REFERENCES item(id) ON DELETE SET NULL, "asker" TEXT NOT NULL DEFAULT '''', "place" TEXT NOT NULL DEFAULT '''', "contact" TEXT NOT NULL DEFAULT '''', "answeredBy" TEXT NOT NULL DEFAULT '''', "answeredAt" TEXT, "answer" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('type block: "kind" TEXT NOT NULL DEFAULT '''', "region" TEXT NOT NULL DEFAULT ''sidebar'', "options" TEXT NOT NULL DEFAULT ''[]''','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side articleRating: "voter" TEXT NOT NULL, "points" INTEGER NOT NULL, "at" TEXT NOT NULL, UNIQUE ["itemId", "voter"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side articleRatingCarried: "points" INTEGER NOT NULL, "votes" INTEGER NOT NULL, UNIQUE ["itemId"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side pollBallot: "voter" TEXT NOT NULL, "choices" TEXT NOT NULL, "at" TEXT NOT NULL, UNIQUE ["itemId", "voter"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side pollCarried: "option" TEXT NOT NULL, "votes" INTEGER NOT NULL, UNIQUE ["itemId", "option"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side linkClick: "day" TEXT NOT NULL, "clicks" INTEGER NOT NULL, UNIQUE ["itemId", "day"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side linkCheck: "at" TEXT NOT NULL, "checkedURL" TEXT NOT NULL, "status" INTEGER, "finalAddress" TEXT NOT NULL, "isPermanent" INTEGER NOT NULL, "failure" TEXT, UNIQUE ["itemId"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side weatherObservation: "at" TEXT NOT NULL, "temperature" REAL NOT NULL, "code" INTEGER, "humidity" REAL, "wind" REAL, "isDay" INTEGER, "fetchedAt" TEXT NOT NULL, "provider" TEXT NOT NULL, UNIQUE ["itemId", "at", "provider"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side weatherDay: "day" TEXT NOT NULL, "code" INTEGER, "low" REAL, "high" REAL, "rain" REAL, "fetchedAt" TEXT NOT NULL, UNIQUE ["itemId", "day"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side exchangeRate: "currency" TEXT NOT NULL, "at" TEXT NOT NULL, "buy" REAL, "transfer" REAL, "sell" REAL, "mid" REAL, "perEuro" REAL, "isCross" INTEGER NOT NULL, "fetchedAt" TEXT NOT NULL, UNIQUE ["itemId", "currency", "at"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side bannerCount: "day" TEXT NOT NULL, "impressions" INTEGER NOT NULL, "clicks" INTEGER NOT NULL, UNIQUE ["itemId", "day"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side attachmentDownload: "day" TEXT NOT NULL, "count" INTEGER NOT NULL, UNIQUE ["itemId", "day"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side visitDay: "day" TEXT NOT NULL, "visitors" INTEGER NOT NULL, "hits" INTEGER NOT NULL, UNIQUE ["day"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side visitPage: "day" TEXT NOT NULL, "path" TEXT NOT NULL, "hits" INTEGER NOT NULL, UNIQUE ["day", "path"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side visitReferrer: "day" TEXT NOT NULL, "host" TEXT NOT NULL, "hits" INTEGER NOT NULL, UNIQUE ["day", "host"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side visitBrowser: "day" TEXT NOT NULL, "family" TEXT NOT NULL, "hits" INTEGER NOT NULL, UNIQUE ["day", "family"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('side visitSession: "session" TEXT NOT NULL, "seenAt" TEXT NOT NULL, UNIQUE ["session"]','2026-11-25 04:50:24');
INSERT INTO migration VALUES('kernel-6','2026-11-25 06:25:22');
CREATE TABLE item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  type TEXT NOT NULL,
  slug TEXT NOT NULL CHECK (slug <> ''),
  title TEXT NOT NULL,
  sortKey BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'published', 'archived')),
  author TEXT,
  language TEXT,
  createdAt TEXT NOT NULL,
  updatedAt TEXT NOT NULL,
  publishAt TEXT,
  expireAt TEXT,
  trashedAt TEXT,
  position INTEGER,
  origin TEXT,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO item VALUES(1,'01a2110a-6a9c-74be-878e-f194a9142e20','category','tin-tuc','Tin tức',X'740169016e0120740175046301000101010105','published','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(2,'01a2110a-6ae4-7f29-b3f7-d2d99696e93a','category','nong-thon-moi','Nông thôn mới',X'6e016f036e01670120740168016f036e01206d016f0469010001010101010101010105','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(3,'01a2110a-6b40-7535-aacc-b28bf8426256','topic','mua-vu','Mùa vụ',X'6d01750161012076017501000102010106','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(4,'01a2110a-6bc1-7456-b004-a963176809f8','source','bao-nong-nghiep','Báo Nông nghiệp',X'620161016f01206e016f036e016701206e016701680169016503700100010501010101010101010106','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(5,'01a2110a-6c1d-76fb-92e3-6edd7ccbde06','tag','lua','lúa',X'6c0175016101000105','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(6,'01a2110a-6c1e-7374-af31-95074421a778','tag','duong-lang','đường làng',X'640975046f046e016701206c0161016e0167010001010201010102','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(7,'01a2110a-6c12-7cbf-9377-70dafb6d1cb7','article','duong-lang','Đường làng ngõ xóm',X'640975046f046e016701206c0161016e016701206e0167016f012078016f016d01000101020101010201010101040105','published','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,2);
INSERT INTO item VALUES(8,'01a2110a-6c74-766b-954f-0254c5b6f3ea','article','hoi-nghi-tong-ket','Hội nghị tổng kết',X'68016f036901206e016701680169012074016f036e016701206b01650374010001060101010106010301010105','review','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO item VALUES(9,'01a2110a-6ce4-7154-935d-ac1fd449a236','article','bai-nhap','Bài nháp',X'620161016901206e0168016101700100010201010105','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:25Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(10,'01a2110a-6d48-7af7-add9-8a307eac5abe','article','bai-bo-di','Bài bỏ đi',X'6201610169012062016f012064096901000102010103','draft','lan',NULL,'2026-11-25T04:50:25Z','2026-11-25T04:50:26Z',NULL,NULL,'2026-11-25T04:50:26Z',NULL,NULL,2);
INSERT INTO item VALUES(11,'01a2110a-6f6c-7212-b31a-c1f17541e4e1','poll','trang-nay-the-nao','Trang này thế nào?',X'7401720161016e016701206e016101790120740168016503206e0161016f013f0001010101010102010101050102','published','lan',NULL,'2026-11-25T04:50:26Z','2026-11-25T04:50:26Z','2026-11-25T04:50:26Z',NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(12,'01a2110a-70a4-7968-97ae-b5408352f6ca','page','gioi-thieu','Giới thiệu',X'670169016f0469012074016801690165037501000101050101010106','draft','lan',NULL,'2026-11-25T04:50:26Z','2026-11-25T04:50:26Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(13,'01a2110a-7120-7594-9991-6cb66d361fe8','link','tinh','Tỉnh',X'740169016e016801000103','draft','lan',NULL,'2026-11-25T04:50:26Z','2026-11-25T04:50:26Z',NULL,NULL,NULL,NULL,NULL,1);
CREATE TABLE IF NOT EXISTS "itemLink" (
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  position INTEGER NOT NULL,
  targetId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  PRIMARY KEY (itemId, field, position)
) STRICT, WITHOUT ROWID;
INSERT INTO itemLink VALUES(7,'tags',0,5);
INSERT INTO itemLink VALUES(10,'tags',0,5);
INSERT INTO itemLink VALUES(7,'tags',1,6);
CREATE TABLE redirect (
  type TEXT NOT NULL,
  slug TEXT NOT NULL,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  PRIMARY KEY (type, slug)
) STRICT, WITHOUT ROWID;
INSERT INTO redirect VALUES('article','duong-lang-ngo-xom',7);
CREATE TABLE revision (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  actor TEXT,
  at TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  UNIQUE (itemId, version)
) STRICT;
INSERT INTO revision VALUES(1,7,1,'lan','2026-11-25T04:50:25Z','{"envelope":{"author":"lan","publishAt":"2026-11-25T04:50:25Z","slug":"duong-lang-ngo-xom","state":"published","title":"Đường làng ngõ xóm","updatedAt":"2026-11-25T04:50:25Z"},"tags":[5,6],"values":{"allowRating":{"integer":{"_0":1}},"body":{"text":{"_0":"<p>Một con đường</p>"}},"bodyFormat":{"text":{"_0":"markdown"}},"byline":{"text":{"_0":""}},"categories":{"list":{"_0":[]}},"category":{"integer":{"_0":2}},"cover":{"text":{"_0":"c2c418d78f6e2df242179c42dc993a87c0459d24015a49845e74dfe43f1f2acb.jpg"}},"coverAlt":{"text":{"_0":""}},"coverCaption":{"text":{"_0":""}},"seoDescription":{"text":{"_0":""}},"seoTitle":{"text":{"_0":""}},"summary":{"text":{"_0":"Dài 3 km"}},"title":{"text":{"_0":"Đường làng ngõ xóm"}}}}');
INSERT INTO revision VALUES(2,8,1,'lan','2026-11-25T04:50:25Z','{"envelope":{"author":"lan","slug":"hoi-nghi-tong-ket","state":"draft","title":"Hội nghị tổng kết","updatedAt":"2026-11-25T04:50:25Z"},"tags":[],"values":{"allowRating":{"integer":{"_0":1}},"body":{"text":{"_0":""}},"bodyFormat":{"text":{"_0":"markdown"}},"byline":{"text":{"_0":""}},"categories":{"list":{"_0":[]}},"category":{"integer":{"_0":1}},"coverAlt":{"text":{"_0":""}},"coverCaption":{"text":{"_0":""}},"seoDescription":{"text":{"_0":""}},"seoTitle":{"text":{"_0":""}},"source":{"integer":{"_0":4}},"summary":{"text":{"_0":""}},"title":{"text":{"_0":"Hội nghị tổng kết"}},"topic":{"integer":{"_0":3}}}}');
INSERT INTO revision VALUES(3,10,1,'lan','2026-11-25T04:50:26Z','{"envelope":{"author":"lan","slug":"bai-bo-di","state":"draft","title":"Bài bỏ đi","updatedAt":"2026-11-25T04:50:25Z"},"tags":[5],"values":{"allowRating":{"integer":{"_0":1}},"body":{"text":{"_0":""}},"bodyFormat":{"text":{"_0":"markdown"}},"byline":{"text":{"_0":""}},"categories":{"list":{"_0":[]}},"coverAlt":{"text":{"_0":""}},"coverCaption":{"text":{"_0":""}},"seoDescription":{"text":{"_0":""}},"seoTitle":{"text":{"_0":""}},"summary":{"text":{"_0":""}},"title":{"text":{"_0":"Bài bỏ đi"}}}}');
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('title','"Cổng tỉnh"');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','search','search',0,'CREATE VIRTUAL TABLE search USING fts5(
  title, text, content='''', tokenize=''unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO search_data VALUES(1,X'0d210d');
INSERT INTO search_data VALUES(10,X'00000000010d0d000d0101010201010301010401010501010601010701010801010901010a01010b01010c01010d0101');
INSERT INTO search_data VALUES(137438953473,X'00000013043074696e010202020275630102030408');
INSERT INTO search_data VALUES(274877906945,X'0000001e04306d6f6902020401046e6f6e67020202010474686f6e020203040809');
INSERT INTO search_data VALUES(412316860417,X'0000001304306d7561030202010276750302030408');
INSERT INTO search_data VALUES(549755813889,X'0000001f043062616f04020201066e676869657004020402036f6e6704020304080b');
INSERT INTO search_data VALUES(687194767361,X'0000006502303307060101030103636f6e0706010106010364616907060101020204756f6e6706020201080201010701026b6d070601010401046c616e670602030102030202756105020201036d6f74070601010501036e676f0702040103786f6d07020504080a0a0f090c070a08');
INSERT INTO search_data VALUES(824633720833,X'000000260430686f6908020201036b657408020501046e6768690802030104746f6e6708020404080809');
INSERT INTO search_data VALUES(962072674305,X'00000015043062616909020201046e6861700902030408');
INSERT INTO search_data VALUES(1099511627777,X'0000001904306261690a020202016f0a0203010264690a0204040806');
INSERT INTO search_data VALUES(1236950581249,X'0000005d023033070101013407060101030103636f6e0707010106010364616907070101020204756f6e6707090201010701026b6d070701010401046c616e6707030301036d6f74070701010501036e676f0703040103786f6d0703050405080a0a0c09090a08');
INSERT INTO search_data VALUES(1374389534721,X'000000370330646108060101020103686f69080302030170080601010301036b657408030501046e6768690803030104746f6e67080304040908080809');
INSERT INTO search_data VALUES(1511828488193,X'0000003604306e616f0b02050301790b020301037468650b020402026f740b06010102020472616e670b020201037675610b06010103040806080909');
INSERT INTO search_data VALUES(1649267441665,X'0000003506306368756e670c06010103010467696f690c0202010574686965750c020302026f690c06010104010276650c06010102040c090a09');
INSERT INTO search_data VALUES(1786706395137,X'0000000d053074696e680d020204');
CREATE TABLE IF NOT EXISTS 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_idx VALUES(2,X'',2);
INSERT INTO search_idx VALUES(3,X'',2);
INSERT INTO search_idx VALUES(4,X'',2);
INSERT INTO search_idx VALUES(5,X'',2);
INSERT INTO search_idx VALUES(6,X'',2);
INSERT INTO search_idx VALUES(7,X'',2);
INSERT INTO search_idx VALUES(8,X'',2);
INSERT INTO search_idx VALUES(9,X'',2);
INSERT INTO search_idx VALUES(10,X'',2);
INSERT INTO search_idx VALUES(11,X'',2);
INSERT INTO search_idx VALUES(12,X'',2);
INSERT INTO search_idx VALUES(13,X'',2);
CREATE TABLE IF NOT EXISTS 'search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO search_docsize VALUES(1,X'0200');
INSERT INTO search_docsize VALUES(2,X'0300');
INSERT INTO search_docsize VALUES(3,X'0200');
INSERT INTO search_docsize VALUES(4,X'0300');
INSERT INTO search_docsize VALUES(5,X'0100');
INSERT INTO search_docsize VALUES(6,X'0200');
INSERT INTO search_docsize VALUES(7,X'0406');
INSERT INTO search_docsize VALUES(8,X'0402');
INSERT INTO search_docsize VALUES(9,X'0200');
INSERT INTO search_docsize VALUES(10,X'0300');
INSERT INTO search_docsize VALUES(11,X'0402');
INSERT INTO search_docsize VALUES(12,X'0203');
INSERT INTO search_docsize VALUES(13,X'0100');
CREATE TABLE IF NOT EXISTS 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_config VALUES('version',4);
CREATE TABLE jobRun (
  job TEXT PRIMARY KEY,
  startedAt TEXT NOT NULL,
  finishedAt TEXT,
  result TEXT,
  failure TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE askedSource (
  source TEXT PRIMARY KEY,
  askedAt TEXT NOT NULL,
  failures INTEGER NOT NULL,
  patience INTEGER,
  failure TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "tag" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "description" TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO tag VALUES(5,'');
INSERT INTO tag VALUES(6,'');
CREATE TABLE IF NOT EXISTS "category" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "image" TEXT
) STRICT;
INSERT INTO category VALUES(1,NULL,'',NULL);
INSERT INTO category VALUES(2,1,'',NULL);
CREATE TABLE IF NOT EXISTS "topic" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "description" TEXT NOT NULL DEFAULT '',
  "image" TEXT
) STRICT;
INSERT INTO topic VALUES(3,'',NULL);
CREATE TABLE IF NOT EXISTS "source" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "url" TEXT,
  "logo" TEXT
) STRICT;
INSERT INTO source VALUES(4,'https://bao.example.vn',NULL);
CREATE TABLE IF NOT EXISTS "article" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "summary" TEXT NOT NULL DEFAULT '',
  "category" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "topic" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "source" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "sourceURL" TEXT,
  "byline" TEXT NOT NULL DEFAULT '',
  "cover" TEXT,
  "coverAlt" TEXT NOT NULL DEFAULT '',
  "coverCaption" TEXT NOT NULL DEFAULT '',
  "featuredUntil" TEXT,
  "allowRating" INTEGER CHECK ("allowRating" IN (0, 1)) NOT NULL DEFAULT 1,
  "seoTitle" TEXT NOT NULL DEFAULT '',
  "seoDescription" TEXT NOT NULL DEFAULT '',
  "bodyFormat" TEXT CHECK ("bodyFormat" IN ('markdown', 'html')) NOT NULL DEFAULT 'markdown',
  "body" TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO article VALUES(7,'Dài 4 km',2,NULL,NULL,NULL,'','c2c418d78f6e2df242179c42dc993a87c0459d24015a49845e74dfe43f1f2acb.jpg','','',NULL,1,'','','markdown','<p>Một con đường</p>');
INSERT INTO article VALUES(8,'',1,3,4,NULL,'',NULL,'','',NULL,1,'','','markdown','Đã họp');
INSERT INTO article VALUES(9,'',NULL,NULL,NULL,NULL,'',NULL,'','',NULL,1,'','','markdown','');
INSERT INTO article VALUES(10,'',NULL,NULL,NULL,NULL,'',NULL,'','',NULL,1,'','','markdown','');
CREATE TABLE IF NOT EXISTS "poll" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "options" TEXT NOT NULL DEFAULT '[]',
  "mostChoices" INTEGER NOT NULL DEFAULT 1,
  "opens" TEXT,
  "closes" TEXT,
  "results" TEXT CHECK ("results" IN ('always', 'afterVoting', 'afterClosing')) NOT NULL DEFAULT 'always'
) STRICT;
INSERT INTO poll VALUES(11,'["Tốt","Vừa"]',1,NULL,NULL,'always');
CREATE TABLE IF NOT EXISTS "album" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "description" TEXT NOT NULL DEFAULT '',
  "cover" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "takenOn" TEXT,
  "place" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS "photo" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "album" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "file" TEXT,
  "alt" TEXT NOT NULL DEFAULT '',
  "decorative" INTEGER CHECK ("decorative" IN (0, 1)) NOT NULL DEFAULT 0,
  "caption" TEXT NOT NULL DEFAULT '',
  "credit" TEXT NOT NULL DEFAULT '',
  "focalX" REAL NOT NULL DEFAULT 0.5,
  "focalY" REAL NOT NULL DEFAULT 0.5,
  "takenAt" TEXT,
  "width" INTEGER NOT NULL DEFAULT 0,
  "height" INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS "linkgroup" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "description" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS "link" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "url" TEXT,
  "group" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "newWindow" INTEGER CHECK ("newWindow" IN (0, 1)) NOT NULL DEFAULT 0,
  "rel" TEXT NOT NULL DEFAULT '[]',
  "image" TEXT
) STRICT;
INSERT INTO link VALUES(13,'https://tinh.example.vn/',NULL,'',0,'[]',NULL);
CREATE TABLE IF NOT EXISTS "place" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "latitude" REAL NOT NULL DEFAULT 0.0,
  "longitude" REAL NOT NULL DEFAULT 0.0,
  "provider" TEXT CHECK ("provider" IN ('openMeteo', 'openWeatherMap'))
) STRICT;
CREATE TABLE IF NOT EXISTS "board" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "provider" TEXT CHECK ("provider" IN ('vietcombank', 'ecb')) NOT NULL DEFAULT 'vietcombank',
  "currencies" TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE IF NOT EXISTS "page" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "summary" TEXT NOT NULL DEFAULT '',
  "image" TEXT,
  "imageAlt" TEXT NOT NULL DEFAULT '',
  "keywords" TEXT NOT NULL DEFAULT '[]',
  "seoTitle" TEXT NOT NULL DEFAULT '',
  "seoDescription" TEXT NOT NULL DEFAULT '',
  "bodyFormat" TEXT CHECK ("bodyFormat" IN ('markdown', 'html')) NOT NULL DEFAULT 'markdown',
  "body" TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO page VALUES(12,NULL,'',NULL,'','[]','','','markdown','Về chúng tôi');
CREATE TABLE IF NOT EXISTS "menu" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "description" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS "menuitem" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "menu" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "target" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "link" TEXT,
  "note" TEXT NOT NULL DEFAULT '',
  "icon" TEXT,
  "newWindow" INTEGER CHECK ("newWindow" IN (0, 1)) NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS "zone" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "width" INTEGER,
  "height" INTEGER,
  "turns" TEXT CHECK ("turns" IN ('sequence', 'random')) NOT NULL DEFAULT 'random',
  "description" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS "banner" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "zone" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "image" TEXT,
  "imageAlt" TEXT NOT NULL DEFAULT '',
  "text" TEXT NOT NULL DEFAULT '',
  "link" TEXT,
  "weight" INTEGER NOT NULL DEFAULT 1,
  "isPaid" INTEGER CHECK ("isPaid" IN (0, 1)) NOT NULL DEFAULT 0,
  "newWindow" INTEGER CHECK ("newWindow" IN (0, 1)) NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS "area" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL
) STRICT;
CREATE TABLE IF NOT EXISTS "documentkind" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL
) STRICT;
CREATE TABLE IF NOT EXISTS "document" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "code" TEXT NOT NULL DEFAULT '',
  "abstract" TEXT NOT NULL DEFAULT '',
  "area" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "kind" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "issuer" TEXT NOT NULL DEFAULT '',
  "signer" TEXT NOT NULL DEFAULT '',
  "signerOffice" TEXT NOT NULL DEFAULT '',
  "issuedOn" TEXT,
  "inForceFrom" TEXT,
  "expiresOn" TEXT,
  "commentsUntil" TEXT,
  "note" TEXT NOT NULL DEFAULT '',
  "body" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS "attachment" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "document" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "file" TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS "questiongroup" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "description" TEXT NOT NULL DEFAULT '',
  "isOpen" INTEGER CHECK ("isOpen" IN (0, 1)) NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE IF NOT EXISTS "question" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "text" TEXT NOT NULL DEFAULT '',
  "group" INTEGER REFERENCES item(id) ON DELETE SET NULL,
  "asker" TEXT NOT NULL DEFAULT '',
  "place" TEXT NOT NULL DEFAULT '',
  "contact" TEXT NOT NULL DEFAULT '',
  "answeredBy" TEXT NOT NULL DEFAULT '',
  "answeredAt" TEXT,
  "answer" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS "block" (
  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  "kind" TEXT NOT NULL DEFAULT '',
  "region" TEXT NOT NULL DEFAULT 'sidebar',
  "options" TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE IF NOT EXISTS "articleRating" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "voter" TEXT NOT NULL,
  "points" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  UNIQUE ("itemId", "voter")
) STRICT;
CREATE TABLE IF NOT EXISTS "articleRatingCarried" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "points" INTEGER NOT NULL,
  "votes" INTEGER NOT NULL,
  UNIQUE ("itemId")
) STRICT;
CREATE TABLE IF NOT EXISTS "pollBallot" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "voter" TEXT NOT NULL,
  "choices" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  UNIQUE ("itemId", "voter")
) STRICT;
INSERT INTO pollBallot VALUES(1,11,'an','["Tốt"]','2026-11-25T04:50:26Z');
INSERT INTO pollBallot VALUES(2,11,'binh','["Vừa"]','2026-11-25T04:50:26Z');
CREATE TABLE IF NOT EXISTS "pollCarried" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "option" TEXT NOT NULL,
  "votes" INTEGER NOT NULL,
  UNIQUE ("itemId", "option")
) STRICT;
CREATE TABLE IF NOT EXISTS "linkClick" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "day" TEXT NOT NULL,
  "clicks" INTEGER NOT NULL,
  UNIQUE ("itemId", "day")
) STRICT;
CREATE TABLE IF NOT EXISTS "linkCheck" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "at" TEXT NOT NULL,
  "checkedURL" TEXT NOT NULL,
  "status" INTEGER,
  "finalAddress" TEXT NOT NULL,
  "isPermanent" INTEGER NOT NULL,
  "failure" TEXT,
  UNIQUE ("itemId")
) STRICT;
CREATE TABLE IF NOT EXISTS "weatherObservation" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "at" TEXT NOT NULL,
  "temperature" REAL NOT NULL,
  "code" INTEGER,
  "humidity" REAL,
  "wind" REAL,
  "isDay" INTEGER,
  "fetchedAt" TEXT NOT NULL,
  "provider" TEXT NOT NULL,
  UNIQUE ("itemId", "at", "provider")
) STRICT;
CREATE TABLE IF NOT EXISTS "weatherDay" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "day" TEXT NOT NULL,
  "code" INTEGER,
  "low" REAL,
  "high" REAL,
  "rain" REAL,
  "fetchedAt" TEXT NOT NULL,
  UNIQUE ("itemId", "day")
) STRICT;
CREATE TABLE IF NOT EXISTS "exchangeRate" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "currency" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "buy" REAL,
  "transfer" REAL,
  "sell" REAL,
  "mid" REAL,
  "perEuro" REAL,
  "isCross" INTEGER NOT NULL,
  "fetchedAt" TEXT NOT NULL,
  UNIQUE ("itemId", "currency", "at")
) STRICT;
CREATE TABLE IF NOT EXISTS "bannerCount" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "day" TEXT NOT NULL,
  "impressions" INTEGER NOT NULL,
  "clicks" INTEGER NOT NULL,
  UNIQUE ("itemId", "day")
) STRICT;
CREATE TABLE IF NOT EXISTS "attachmentDownload" (
  id INTEGER PRIMARY KEY,
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  "day" TEXT NOT NULL,
  "count" INTEGER NOT NULL,
  UNIQUE ("itemId", "day")
) STRICT;
CREATE TABLE IF NOT EXISTS "visitDay" (
  id INTEGER PRIMARY KEY,
  "day" TEXT NOT NULL,
  "visitors" INTEGER NOT NULL,
  "hits" INTEGER NOT NULL,
  UNIQUE ("day")
) STRICT;
CREATE TABLE IF NOT EXISTS "visitPage" (
  id INTEGER PRIMARY KEY,
  "day" TEXT NOT NULL,
  "path" TEXT NOT NULL,
  "hits" INTEGER NOT NULL,
  UNIQUE ("day", "path")
) STRICT;
CREATE TABLE IF NOT EXISTS "visitReferrer" (
  id INTEGER PRIMARY KEY,
  "day" TEXT NOT NULL,
  "host" TEXT NOT NULL,
  "hits" INTEGER NOT NULL,
  UNIQUE ("day", "host")
) STRICT;
CREATE TABLE IF NOT EXISTS "visitBrowser" (
  id INTEGER PRIMARY KEY,
  "day" TEXT NOT NULL,
  "family" TEXT NOT NULL,
  "hits" INTEGER NOT NULL,
  UNIQUE ("day", "family")
) STRICT;
CREATE TABLE IF NOT EXISTS "visitSession" (
  id INTEGER PRIMARY KEY,
  "session" TEXT NOT NULL,
  "seenAt" TEXT NOT NULL,
  UNIQUE ("session")
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('item',13);
CREATE UNIQUE INDEX itemByUID ON item(uid);
CREATE UNIQUE INDEX itemBySlug ON item(type, slug);
CREATE UNIQUE INDEX itemByOrigin ON item(origin) WHERE origin IS NOT NULL;
CREATE INDEX itemByTime ON item(type, publishAt);
CREATE INDEX itemByTitle ON item(type, sortKey);
CREATE INDEX itemInTrash ON item(trashedAt) WHERE trashedAt IS NOT NULL;
CREATE INDEX redirectByItem ON redirect(itemId);
CREATE INDEX itemByType ON item(type);
CREATE INDEX itemLinkByTarget ON itemLink(targetId, field, itemId);
CREATE INDEX "categoryByParent" ON "category"("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "articleByCategory" ON "article"("category") WHERE "category" IS NOT NULL;
CREATE INDEX "articleByTopic" ON "article"("topic") WHERE "topic" IS NOT NULL;
CREATE INDEX "articleBySource" ON "article"("source") WHERE "source" IS NOT NULL;
CREATE INDEX "articleByFeaturedUntil" ON "article"("featuredUntil") WHERE "featuredUntil" IS NOT NULL;
CREATE INDEX "albumByCover" ON "album"("cover") WHERE "cover" IS NOT NULL;
CREATE INDEX "albumByTakenOn" ON "album"("takenOn") WHERE "takenOn" IS NOT NULL;
CREATE INDEX "photoByAlbum" ON "photo"("album") WHERE "album" IS NOT NULL;
CREATE INDEX "photoByFile" ON "photo"("file") WHERE "file" IS NOT NULL;
CREATE INDEX "photoByTakenAt" ON "photo"("takenAt") WHERE "takenAt" IS NOT NULL;
CREATE INDEX "linkByUrl" ON "link"("url") WHERE "url" IS NOT NULL;
CREATE INDEX "linkByGroup" ON "link"("group") WHERE "group" IS NOT NULL;
CREATE INDEX "pageByParent" ON "page"("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "menuitemByMenu" ON "menuitem"("menu") WHERE "menu" IS NOT NULL;
CREATE INDEX "menuitemByParent" ON "menuitem"("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "menuitemByTarget" ON "menuitem"("target") WHERE "target" IS NOT NULL;
CREATE INDEX "bannerByZone" ON "banner"("zone") WHERE "zone" IS NOT NULL;
CREATE INDEX "areaByParent" ON "area"("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "documentkindByParent" ON "documentkind"("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "documentByCode" ON "document"("code") WHERE "code" IS NOT NULL;
CREATE INDEX "documentByArea" ON "document"("area") WHERE "area" IS NOT NULL;
CREATE INDEX "documentByKind" ON "document"("kind") WHERE "kind" IS NOT NULL;
CREATE INDEX "documentByIssuedOn" ON "document"("issuedOn") WHERE "issuedOn" IS NOT NULL;
CREATE INDEX "attachmentByDocument" ON "attachment"("document") WHERE "document" IS NOT NULL;
CREATE INDEX "questionByGroup" ON "question"("group") WHERE "group" IS NOT NULL;
CREATE INDEX "blockByRegion" ON "block"("region") WHERE "region" IS NOT NULL;
CREATE INDEX "articleRatingByitemId" ON "articleRating"("itemId");
CREATE INDEX "articleRatingCarriedByitemId" ON "articleRatingCarried"("itemId");
CREATE INDEX "pollBallotByitemId" ON "pollBallot"("itemId");
CREATE INDEX "pollCarriedByitemId" ON "pollCarried"("itemId");
CREATE INDEX "linkClickByitemId" ON "linkClick"("itemId");
CREATE INDEX "linkCheckByitemId" ON "linkCheck"("itemId");
CREATE INDEX "weatherObservationByitemId" ON "weatherObservation"("itemId");
CREATE INDEX "weatherDayByitemId" ON "weatherDay"("itemId");
CREATE INDEX "exchangeRateByitemId" ON "exchangeRate"("itemId");
CREATE INDEX "bannerCountByitemId" ON "bannerCount"("itemId");
CREATE INDEX "attachmentDownloadByitemId" ON "attachmentDownload"("itemId");
CREATE INDEX "visitSessionByseenAt" ON "visitSession"("seenAt");
PRAGMA writable_schema=OFF;
COMMIT;
