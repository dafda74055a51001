-- The articles of Sen's tables with the fields that `sen export ndjson` writes, as objects that json_object makes, a line each.
.mode list
SELECT json_object('type', 'article',
  'uid', i.uid, 'title', i.title, 'summary', a.summary, 'category', (SELECT slug FROM item WHERE id = a.category),
  'categories', json((SELECT json_group_array(t.slug) FROM itemLink l JOIN item t ON t.id = l.targetId WHERE l.itemId = i.id AND l.field = 'categories')),
  'topic', (SELECT slug FROM item WHERE id = a.topic), 'source', (SELECT slug FROM item WHERE id = a.source),
  'sourceURL', a.sourceURL, 'byline', a.byline, 'cover', a.cover, 'coverAlt', a.coverAlt,
  'coverCaption', a.coverCaption, 'featuredUntil', a.featuredUntil, 'allowRating', json(CASE a.allowRating WHEN 1 THEN 'true' ELSE 'false' END),
  'seoTitle', a.seoTitle, 'seoDescription', a.seoDescription, 'bodyFormat', a.bodyFormat, 'body', a.body,
  'slug', i.slug, 'state', i.state, 'author', i.author, 'language', i.language, 'createdAt', i.createdAt,
  'updatedAt', i.updatedAt, 'publishAt', i.publishAt, 'expireAt', i.expireAt, 'trashedAt', i.trashedAt,
  'position', i.position, 'origin', i.origin,
  'tags', json((SELECT json_group_array(t.title) FROM itemLink l JOIN item t ON t.id = l.targetId WHERE l.itemId = i.id AND l.field = 'tags')))
FROM item i JOIN article a ON a.itemId = i.id ORDER BY i.id;
