// libgumbo with a bound on its memory, and its tree as Swift can walk it without copying unions.
#pragma once
#include <gumbo.h>
#include <stddef.h>

/// A parsed text. Its strings lie in memory of its own and in the text, which has to live as long.
typedef struct SenTree SenTree;

/// The tree of a text as a browser would build it inside of `<body>`; NULL where it would take more than `most` bytes.
SenTree *sen_tree_parse(const char *bytes, size_t count, size_t most);
/// The same tree of a text that a program wrote without a fault, in a tenth of the time: every element closed in its turn,
/// every value quoted, and nothing that a browser would put elsewhere. NULL for anything else; what `sen_tree_parse` makes
/// of that is to be seen.
///
/// The elements of cmark-gfm are known, and no others.
SenTree *sen_tree_read(const char *bytes, size_t count, size_t most);
void sen_tree_free(SenTree *tree);
/// The element whose children are the text's.
const GumboNode *sen_tree_root(const SenTree *tree);

static inline int sen_node_is_element(const GumboNode *node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

/// The text of a text node; NULL for everything else, comments among it.
static inline const char *sen_node_text(const GumboNode *node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA
             ? node->v.text.text
             : NULL;
}

static inline GumboTag sen_element_tag(const GumboNode *node) { return node->v.element.tag; }
static inline GumboNamespaceEnum sen_element_namespace(const GumboNode *node) {
  return node->v.element.tag_namespace;
}

static inline size_t sen_element_count(const GumboNode *node) { return node->v.element.children.length; }
static inline const GumboNode *sen_element_child(const GumboNode *node, size_t index) {
  return (const GumboNode *)node->v.element.children.data[index];
}

static inline size_t sen_attribute_count(const GumboNode *node) { return node->v.element.attributes.length; }
static inline const GumboAttribute *sen_attribute(const GumboNode *node, size_t index) {
  return (const GumboAttribute *)node->v.element.attributes.data[index];
}
/// The value of an attribute, character references read; NULL where there is none.
static inline const char *sen_attribute_value(const GumboNode *node, const char *name) {
  const GumboAttribute *attribute = gumbo_get_attribute(&node->v.element.attributes, name);
  return attribute ? attribute->value : NULL;
}
