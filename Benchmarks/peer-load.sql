-- How somebody with the sqlite3 shell loads the corpus into Sen's own tables: .import into a staging table, then one
-- statement a table, in one transaction, everything at the shell's defaults.
.read schema.sql
.mode csv
.import terms.csv incomingTerm
.mode list
INSERT INTO item (uid, type, slug, title, sortKey, state, createdAt, updatedAt)
  SELECT printf('019ab000-0000-7000-8000-%012x', rowid), type, slug, title, CAST(title AS BLOB), 'published',
    '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z' FROM incomingTerm;
CREATE TEMP TABLE incoming (
  title, slug, state, createdAt, updatedAt, publishAt, summary, category, source, byline, tags, body);
.mode csv
.import --skip 1 articles.csv incoming
.mode list
BEGIN;
CREATE TEMP TABLE base AS SELECT max(id) AS id FROM item;
INSERT INTO item (id, uid, type, slug, title, sortKey, state, createdAt, updatedAt, publishAt)
  SELECT b.id + n.rowid, printf('019ab000-0000-7000-8000-%012x', b.id + n.rowid), 'article', slug, title,
    CAST(title AS BLOB), state, createdAt, updatedAt, publishAt FROM incoming n, base b ORDER BY n.rowid;
INSERT INTO article (itemId, summary, category, source, byline, body)
  SELECT b.id + n.rowid, summary, (SELECT id FROM item WHERE type = 'category' AND slug = n.category),
    (SELECT id FROM item WHERE type = 'source' AND slug = n.source), byline, body
  FROM incoming n, base b ORDER BY n.rowid;
INSERT INTO itemLink (itemId, field, position, targetId)
  SELECT b.id + n.rowid, 'tags', e.key,
    (SELECT id FROM item t WHERE t.type = 'tag' AND t.sortKey = CAST(e.value AS BLOB) AND t.title = e.value)
  FROM incoming n, base b, json_each(n.tags) e ORDER BY n.rowid, e.key;
INSERT INTO search (rowid, title, text)
  SELECT b.id + n.rowid, title, summary || char(10) || byline || char(10) || body
  FROM incoming n, base b ORDER BY n.rowid;
COMMIT;
