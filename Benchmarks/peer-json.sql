-- The articles of Sen's tables with the fields that `sen export ndjson` writes, by the shell's .mode json.
.mode json
SELECT 'article' AS type,
  i.uid AS uid, i.title AS title, a.summary AS summary, (SELECT slug FROM item WHERE id = a.category) AS category,
  (SELECT json_group_array(t.slug) FROM itemLink l JOIN item t ON t.id = l.targetId WHERE l.itemId = i.id AND l.field = 'categories') AS categories,
  (SELECT slug FROM item WHERE id = a.topic) AS topic, (SELECT slug FROM item WHERE id = a.source) AS source,
  a.sourceURL AS sourceURL, a.byline AS byline, a.cover AS cover, a.coverAlt AS coverAlt,
  a.coverCaption AS coverCaption, a.featuredUntil AS featuredUntil, a.allowRating AS allowRating,
  a.seoTitle AS seoTitle, a.seoDescription AS seoDescription, a.bodyFormat AS bodyFormat, a.body AS body,
  i.slug AS slug, i.state AS state, i.author AS author, i.language AS language, i.createdAt AS createdAt,
  i.updatedAt AS updatedAt, i.publishAt AS publishAt, i.expireAt AS expireAt, i.trashedAt AS trashedAt,
  i.position AS position, i.origin AS origin,
  (SELECT json_group_array(t.title) FROM itemLink l JOIN item t ON t.id = l.targetId WHERE l.itemId = i.id AND l.field = 'tags') AS tags
FROM item i JOIN article a ON a.itemId = i.id ORDER BY i.id;
