#include "Tree.h"
#include <string.h>

// Reads HTML that a program wrote. Whatever is not exactly as expected ends it: the other reader knows what to do.

enum { deepest = 200, none = 0, block = 1, line = 2, leaf = 4, table = 8 };

typedef struct {
  SenTree *tree;
  const char *at, *end;
  GumboNode *open[deepest];
  int depth;
} Reader;

// What an element is, as far as a browser would not accept it anywhere: a paragraph in a paragraph, text in a table.
static int kind(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P: case GUMBO_TAG_H1: case GUMBO_TAG_H2: case GUMBO_TAG_H3: case GUMBO_TAG_H4: case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: case GUMBO_TAG_PRE: return block | leaf;
    case GUMBO_TAG_UL: case GUMBO_TAG_OL: case GUMBO_TAG_LI: case GUMBO_TAG_BLOCKQUOTE: case GUMBO_TAG_SECTION:
    case GUMBO_TAG_TD: case GUMBO_TAG_TH: return block;
    case GUMBO_TAG_TABLE: case GUMBO_TAG_THEAD: case GUMBO_TAG_TBODY: case GUMBO_TAG_TR: return block | table;
    case GUMBO_TAG_HR: return block;
    case GUMBO_TAG_EM: case GUMBO_TAG_STRONG: case GUMBO_TAG_DEL: case GUMBO_TAG_A: case GUMBO_TAG_CODE:
    case GUMBO_TAG_SUP: case GUMBO_TAG_BR: case GUMBO_TAG_IMG: case GUMBO_TAG_INPUT: return line;
    default: return none;
  }
}

static int is_void(GumboTag tag) {
  return tag == GUMBO_TAG_HR || tag == GUMBO_TAG_BR || tag == GUMBO_TAG_IMG || tag == GUMBO_TAG_INPUT;
}

// Whether an element may begin in another.
static int fits(GumboTag outer, GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_LI: return outer == GUMBO_TAG_UL || outer == GUMBO_TAG_OL;
    case GUMBO_TAG_THEAD: case GUMBO_TAG_TBODY: return outer == GUMBO_TAG_TABLE;
    case GUMBO_TAG_TR: return outer == GUMBO_TAG_THEAD || outer == GUMBO_TAG_TBODY;
    case GUMBO_TAG_TD: case GUMBO_TAG_TH: return outer == GUMBO_TAG_TR;
    default: break;
  }
  int outside = kind(outer);
  if (outside & table || outer == GUMBO_TAG_UL || outer == GUMBO_TAG_OL) return 0;
  return kind(tag) & line || !(outside & (line | leaf));
}

static void add(Reader *reader, void *value, GumboVector *vector) {
  if (vector->length == vector->capacity) {
    unsigned capacity = vector->capacity ? vector->capacity * 2 : 4;
    void **data = sen_tree_allocate(reader->tree, capacity * sizeof *data);
    if (vector->length) memcpy(data, vector->data, vector->length * sizeof *data);
    vector->data = data;
    vector->capacity = capacity;
  }
  vector->data[vector->length++] = value;
}

static GumboNode *node(Reader *reader, GumboNodeType type) {
  GumboNode *node = sen_tree_allocate(reader->tree, sizeof *node);
  memset(node, 0, sizeof *node);
  node->type = type;
  if (reader->depth) {
    GumboNode *parent = reader->open[reader->depth - 1];
    node->parent = parent;
    node->index_within_parent = parent->v.element.children.length;
    add(reader, node, &parent->v.element.children);
  }
  return node;
}

// Whether a control character or one that is none begins here (U+0080 to U+009F, U+FDD0 to U+FDEF, U+FFFE, U+1FFFF).
static int is_odd(const char *at, const char *end) {
  const unsigned char *byte = (const unsigned char *)at;
  size_t left = end - at;
  if (byte[0] == 0xC2) return left < 2 || byte[1] < 0xA0;
  if (byte[0] == 0xEF) return left < 3 || byte[1] == 0xB7 || (byte[1] == 0xBF && byte[2] >= 0xBE);
  return byte[0] >= 0xF0 && (left < 4 || (byte[2] == 0xBF && byte[3] >= 0xBE));
}

// The text up to `end`, references read; NULL where there is anything that two readers could read differently.
static char *text(Reader *reader, char end, int *is_blank) {
  const char *stop = memchr(reader->at, end, reader->end - reader->at);
  if (!stop) {
    if (end == '"') return NULL;
    stop = reader->end;
  }
  char *text = sen_tree_allocate(reader->tree, stop - reader->at + 1), *to = text;
  *is_blank = 1;
  static const struct { char text[8]; unsigned char length; char means; } references[] = {
    {"&amp;", 5, '&'}, {"&lt;", 4, '<'}, {"&gt;", 4, '>'}, {"&quot;", 6, '"'}, {"&#x27;", 6, '\''}};
  while (reader->at < stop) {
    unsigned char byte = *reader->at;
    if ((byte == 0xC2 || byte >= 0xEF) && is_odd(reader->at, stop)) return NULL;
    if (byte > ' ' && byte != '&' && byte != '<' && byte != 0x7F) {
      *to++ = byte;
      reader->at++;
      *is_blank = 0;
    } else if (byte == ' ' || byte == '\n' || byte == '\t') {
      *to++ = byte;
      reader->at++;
    } else if (byte == '&') {
      size_t index = 0;
      for (; index < sizeof references / sizeof *references; index++) {
        if ((size_t)(stop - reader->at) >= references[index].length &&
            !memcmp(reader->at, references[index].text, references[index].length))
          break;
      }
      if (index == sizeof references / sizeof *references) return NULL;
      *to++ = references[index].means;
      reader->at += references[index].length;
      *is_blank = 0;
    } else {
      return NULL;
    }
  }
  *to = 0;
  return text;
}

static int is_name(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-'; }

// ` name="value" flag`, up to `>` or ` />`.
static int attributes(Reader *reader, GumboVector *attributes) {
  while (reader->at < reader->end && *reader->at == ' ') {
    reader->at++;
    if (reader->at < reader->end && *reader->at == '/') {
      reader->at++;
      break;
    }
    const char *start = reader->at;
    while (reader->at < reader->end && is_name(*reader->at)) reader->at++;
    size_t length = reader->at - start;
    if (!length) return 0;
    GumboAttribute *attribute = sen_tree_allocate(reader->tree, sizeof *attribute);
    memset(attribute, 0, sizeof *attribute);
    char *name = sen_tree_allocate(reader->tree, length + 1);
    memcpy(name, start, length);
    name[length] = 0;
    attribute->name = name;
    attribute->value = "";
    if (reader->end - reader->at >= 2 && reader->at[0] == '=' && reader->at[1] == '"') {
      int is_blank;
      reader->at += 2;
      attribute->value = text(reader, '"', &is_blank);
      if (!attribute->value) return 0;
      reader->at++;
    }
    if (gumbo_get_attribute(attributes, name)) return 0;
    add(reader, attribute, attributes);
  }
  return reader->at < reader->end && *reader->at++ == '>';
}

static GumboTag tag(Reader *reader) {
  const char *start = reader->at;
  while (reader->at < reader->end && is_name(*reader->at)) reader->at++;
  return gumbo_tagn_enum(start, reader->at - start);
}

static int start(Reader *reader) {
  GumboTag name = tag(reader);
  GumboTag outer = reader->open[reader->depth - 1]->v.element.tag;
  if (!kind(name) || !fits(outer, name) || reader->depth == deepest) return 0;
  if (name == GUMBO_TAG_A) {
    for (int index = 0; index < reader->depth; index++)
      if (reader->open[index]->v.element.tag == GUMBO_TAG_A) return 0;
  }
  GumboNode *element = node(reader, GUMBO_NODE_ELEMENT);
  element->v.element.tag = name;
  element->v.element.tag_namespace = GUMBO_NAMESPACE_HTML;
  if (!attributes(reader, &element->v.element.attributes)) return 0;
  // A line end right after it would not count.
  if (name == GUMBO_TAG_PRE && reader->at < reader->end && *reader->at == '\n') return 0;
  if (!is_void(name)) reader->open[reader->depth++] = element;
  return 1;
}

static const GumboNode *read(SenTree *tree, const char *bytes, size_t count) {
  Reader reader = {.tree = tree, .at = bytes, .end = bytes + count};
  GumboNode *root = node(&reader, GUMBO_NODE_ELEMENT);
  root->v.element.tag = GUMBO_TAG_BODY;
  root->v.element.tag_namespace = GUMBO_NAMESPACE_HTML;
  reader.open[reader.depth++] = root;
  while (reader.at < reader.end) {
    if (*reader.at != '<') {
      int is_blank;
      char *content = text(&reader, '<', &is_blank);
      if (!content) return NULL;
      GumboTag outer = reader.open[reader.depth - 1]->v.element.tag;
      if (!is_blank && kind(outer) & table) return NULL;
      node(&reader, is_blank ? GUMBO_NODE_WHITESPACE : GUMBO_NODE_TEXT)->v.text.text = content;
    } else if (reader.end - reader.at > 1 && reader.at[1] == '/') {
      reader.at += 2;
      GumboTag name = tag(&reader);
      if (reader.depth == 1 || reader.open[reader.depth - 1]->v.element.tag != name) return NULL;
      if (reader.at == reader.end || *reader.at++ != '>') return NULL;
      reader.depth--;
    } else {
      reader.at++;
      if (!start(&reader)) return NULL;
    }
  }
  return reader.depth == 1 ? root : NULL;
}

SenTree *sen_tree_read(const char *bytes, size_t count, size_t most) {
  return sen_tree_make(read, bytes, count, most);
}
