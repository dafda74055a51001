PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (name TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT (datetime())) STRICT;
INSERT INTO migration VALUES('kernel-1','2026-11-25 04:44:26');
INSERT INTO migration VALUES('kernel-2','2026-11-25 04:44:26');
INSERT INTO migration VALUES('type tag: "description" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:44:26');
INSERT INTO migration VALUES('type category: "parent" INTEGER REFERENCES item(id) ON DELETE SET NULL, "description" TEXT NOT NULL DEFAULT '''', "image" TEXT','2026-11-25 04:44:26');
INSERT INTO migration VALUES('type topic: "description" TEXT NOT NULL DEFAULT '''', "image" TEXT','2026-11-25 04:44:26');
INSERT INTO migration VALUES('type source: "url" TEXT, "logo" TEXT','2026-11-25 04:44:26');
INSERT INTO migration VALUES('type article: "summary" TEXT NOT NULL DEFAULT '''', "category" INTEGER REFERENCES item(id) ON DELETE SET NULL, "topic" INTEGER REFERENCES item(id) ON DELETE SET NULL, "source" INTEGER REFERENCES item(id) ON DELETE SET NULL, "sourceURL" TEXT, "byline" TEXT NOT NULL DEFAULT '''', "cover" TEXT, "coverAlt" TEXT NOT NULL DEFAULT '''', "coverCaption" TEXT NOT NULL DEFAULT '''', "featuredUntil" TEXT, "allowRating" INTEGER CHECK ("allowRating" IN (0, 1)) NOT NULL DEFAULT 1, "seoTitle" TEXT NOT NULL DEFAULT '''', "seoDescription" TEXT NOT NULL DEFAULT '''', "bodyFormat" TEXT CHECK ("bodyFormat" IN (''markdown'', ''html'')) NOT NULL DEFAULT ''markdown'', "body" TEXT NOT NULL DEFAULT ''''','2026-11-25 04:44:26');
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
INSERT INTO item VALUES(1,'01a21104-f20b-7451-9179-f379c9d09f62','category','tin-tuc','Tin tức',X'740169016e0120740175046301000101010105','published','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:26Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(2,'01a21104-f26c-7498-8437-162d05038ebf','category','nong-thon-moi','Nông thôn mới',X'6e016f036e01670120740168016f036e01206d016f0469010001010101010101010105','draft','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(3,'01a21104-f2e1-7312-bfbe-ec19d3f41403','topic','mua-vu','Mùa vụ',X'6d01750161012076017501000102010106','draft','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(4,'01a21104-f327-7736-bac3-49246c8f21b4','source','bao-nong-nghiep','Báo Nông nghiệp',X'620161016f01206e016f036e016701206e016701680169016503700100010501010101010101010106','draft','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(5,'01a21104-f392-7abd-8f4c-848c99dc32f4','tag','lua','lúa',X'6c0175016101000105','draft','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(6,'01a21104-f393-7eff-a0ec-735214ca3080','tag','duong-lang','đường làng',X'640975046f046e016701206c0161016e0167010001010201010102','draft','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(7,'01a21104-f383-7037-9078-a07935865b1a','article','duong-lang','Đường làng ngõ xóm',X'640975046f046e016701206c0161016e016701206e0167016f012078016f016d01000101020101010201010101040105','published','lan',NULL,'2026-11-25T04:44:26Z','2026-11-25T04:44:27Z','2026-11-25T04:44:26Z',NULL,NULL,NULL,NULL,2);
INSERT INTO item VALUES(8,'01a21104-f40b-7137-8726-bcbc9cea2395','article','hoi-nghi-tong-ket','Hội nghị tổng kết',X'68016f036901206e016701680169012074016f036e016701206b01650374010001060101010106010301010105','review','lan',NULL,'2026-11-25T04:44:27Z','2026-11-25T04:44:27Z',NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO item VALUES(9,'01a21104-f45e-724c-bdf1-d02d38ec8777','article','bai-nhap','Bài nháp',X'620161016901206e0168016101700100010201010105','draft','lan',NULL,'2026-11-25T04:44:27Z','2026-11-25T04:44:27Z',NULL,NULL,NULL,NULL,NULL,1);
INSERT INTO item VALUES(10,'01a21104-f4ab-71ab-bb66-7a649e37c90e','article','bai-bo-di','Bài bỏ đi',X'6201610169012062016f012064096901000102010103','draft','lan',NULL,'2026-11-25T04:44:27Z','2026-11-25T04:44:27Z',NULL,NULL,'2026-11-25T04:44:27Z',NULL,NULL,2);
CREATE TABLE link (
  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  position INTEGER NOT NULL,
  targetId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
  PRIMARY KEY (itemId, field, position)
) STRICT, WITHOUT ROWID;
INSERT INTO link VALUES(7,'tags',0,5);
INSERT INTO link VALUES(10,'tags',0,5);
INSERT INTO link VALUES(7,'tags',1,6);
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
INSERT INTO revision VALUES(1,7,1,'lan','2026-11-25T04:44:27Z','{"envelope":{"author":"lan","publishAt":"2026-11-25T04:44:26Z","slug":"duong-lang-ngo-xom","state":"published","title":"Đường làng ngõ xóm","updatedAt":"2026-11-25T04:44:26Z"},"tags":[5,6],"values":{"allowRating":{"integer":{"_0":1}},"body":{"text":{"_0":"<p>Một con đường</p>"}},"bodyFormat":{"text":{"_0":"markdown"}},"byline":{"text":{"_0":""}},"categories":{"list":{"_0":[]}},"category":{"integer":{"_0":2}},"cover":{"text":{"_0":"c2c418d78f6e2df242179c42dc993a87c0459d24015a49845e74dfe43f1f2acb.jpg"}},"coverAlt":{"text":{"_0":""}},"coverCaption":{"text":{"_0":""}},"seoDescription":{"text":{"_0":""}},"seoTitle":{"text":{"_0":""}},"summary":{"text":{"_0":"Dài 3 km"}},"title":{"text":{"_0":"Đường làng ngõ xóm"}}}}');
INSERT INTO revision VALUES(2,8,1,'lan','2026-11-25T04:44:27Z','{"envelope":{"author":"lan","slug":"hoi-nghi-tong-ket","state":"draft","title":"Hội nghị tổng kết","updatedAt":"2026-11-25T04:44:27Z"},"tags":[],"values":{"allowRating":{"integer":{"_0":1}},"body":{"text":{"_0":""}},"bodyFormat":{"text":{"_0":"markdown"}},"byline":{"text":{"_0":""}},"categories":{"list":{"_0":[]}},"category":{"integer":{"_0":1}},"coverAlt":{"text":{"_0":""}},"coverCaption":{"text":{"_0":""}},"seoDescription":{"text":{"_0":""}},"seoTitle":{"text":{"_0":""}},"source":{"integer":{"_0":4}},"summary":{"text":{"_0":""}},"title":{"text":{"_0":"Hội nghị tổng kết"}},"topic":{"integer":{"_0":3}}}}');
INSERT INTO revision VALUES(3,10,1,'lan','2026-11-25T04:44:27Z','{"envelope":{"author":"lan","slug":"bai-bo-di","state":"draft","title":"Bài bỏ đi","updatedAt":"2026-11-25T04:44:27Z"},"tags":[5],"values":{"allowRating":{"integer":{"_0":1}},"body":{"text":{"_0":""}},"bodyFormat":{"text":{"_0":"markdown"}},"byline":{"text":{"_0":""}},"categories":{"list":{"_0":[]}},"coverAlt":{"text":{"_0":""}},"coverCaption":{"text":{"_0":""}},"seoDescription":{"text":{"_0":""}},"seoTitle":{"text":{"_0":""}},"summary":{"text":{"_0":""}},"title":{"text":{"_0":"Bài bỏ đi"}}}}');
CREATE TABLE media (
  name TEXT PRIMARY KEY,
  fileName TEXT NOT NULL,
  size INTEGER NOT NULL,
  createdAt TEXT NOT NULL
) STRICT, WITHOUT ROWID;
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
INSERT INTO search_data VALUES(1,X'0a1a08');
INSERT INTO search_data VALUES(10,X'00000000010a0a000a0101010201010301010401010501010601010701010801010901010a0101');
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
CREATE TABLE IF NOT EXISTS 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO search_config VALUES('version',4);
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
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('item',10);
CREATE UNIQUE INDEX itemByUID ON item(uid);
CREATE UNIQUE INDEX itemBySlug ON item(type, slug);
CREATE UNIQUE INDEX itemByOrigin ON item(origin) WHERE origin IS NOT NULL;
CREATE INDEX itemByTime ON item(type, publishAt);
CREATE INDEX itemByTitle ON item(type, sortKey);
CREATE INDEX itemInTrash ON item(trashedAt) WHERE trashedAt IS NOT NULL;
CREATE INDEX linkByTarget ON link(targetId, field, itemId);
CREATE INDEX redirectByItem ON redirect(itemId);
CREATE INDEX itemByType ON item(type);
CREATE INDEX "categoryByParent" ON "category"("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "articleByCategory" ON "article"("category") WHERE "category" IS NOT NULL;
CREATE INDEX "articleByTopic" ON "article"("topic") WHERE "topic" IS NOT NULL;
CREATE INDEX "articleBySource" ON "article"("source") WHERE "source" IS NOT NULL;
CREATE INDEX "articleByFeaturedUntil" ON "article"("featuredUntil") WHERE "featuredUntil" IS NOT NULL;
PRAGMA writable_schema=OFF;
COMMIT;
