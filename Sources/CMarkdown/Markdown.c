#include "CMarkdown.h"
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>

// The registry of extensions is the library's one global; it is filled once.
static pthread_once_t registered = PTHREAD_ONCE_INIT;

static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};

static int has_raw(cmark_node *document) {
  cmark_iter *iter = cmark_iter_new(document);
  int has_raw = 0;
  for (cmark_event_type event; !has_raw && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
    cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(iter));
    has_raw = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
  }
  cmark_iter_free(iter);
  return has_raw;
}

char *sen_markdown_html(const char *bytes, size_t count, int *is_own) {
  pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
  int options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES;
  cmark_parser *parser = cmark_parser_new(options);
  if (!parser) return NULL;
  for (size_t index = 0; index < sizeof extensions / sizeof *extensions; index++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[index]);
    if (extension) cmark_parser_attach_syntax_extension(parser, extension);
  }
  cmark_parser_feed(parser, bytes, count);
  cmark_node *document = cmark_parser_finish(parser);
  char *html = document ? cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) : NULL;
  *is_own = document && !has_raw(document);
  if (document) cmark_node_free(document);
  cmark_parser_free(parser);
  return html;
}
