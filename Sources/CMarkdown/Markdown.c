#include "CMarkdown.h"
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>

// The registry of extensions is the library's one global; it is filled once.
static pthread_once_t registered = PTHREAD_ONCE_INIT;

static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};

char *sen_markdown_html(const char *bytes, size_t count) {
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
  if (document) cmark_node_free(document);
  cmark_parser_free(parser);
  return html;
}
