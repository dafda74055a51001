#include "Tree.h"
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

// libgumbo never asks whether an allocation succeeded, and frees a tree by recursion, which a deep one would let
// overflow the stack. So all of a tree lies in blocks that go at once, and a parse that wants too many is left by
// longjmp: it holds nothing but that memory.

typedef struct Block {
  struct Block *next;
  size_t size;
} Block;

struct SenTree {
  Block *blocks;
  char *free, *end;
  char *last;  // what was handed out last, which can be given back
  size_t left;
  jmp_buf too_much;
  const GumboNode *root;
};

enum { first_block = 32 << 10, largest_block = 1 << 20, alignment = 16 };

static void *allocate(void *context, size_t size) {
  SenTree *tree = context;
  size = size ? (size + alignment - 1) & ~(size_t)(alignment - 1) : alignment;
  if (size > (size_t)(tree->end - tree->free)) {
    size_t block = tree->blocks ? tree->blocks->size * 2 : first_block;
    if (block > largest_block) block = largest_block;
    if (block < size + sizeof(Block)) block = size + sizeof(Block);
    if (block > tree->left) longjmp(tree->too_much, 1);
    Block *new = malloc(block);
    if (!new) longjmp(tree->too_much, 1);
    tree->left -= block;
    new->next = tree->blocks;
    new->size = block;
    tree->blocks = new;
    tree->free = (char *)new + sizeof(Block);
    tree->end = (char *)new + block;
  }
  tree->last = tree->free;
  tree->free += size;
  return tree->last;
}

static void deallocate(void *context, void *pointer) {
  SenTree *tree = context;
  if (!pointer || pointer != tree->last) return;
  tree->free = tree->last;
  tree->last = NULL;
}

void *sen_tree_allocate(SenTree *tree, size_t size) { return allocate(tree, size); }

SenTree *sen_tree_make(SenTreeReader *read, const char *bytes, size_t count, size_t most) {
  SenTree *tree = calloc(1, sizeof *tree);
  if (!tree) return NULL;
  tree->left = most;
  if (setjmp(tree->too_much)) {
    sen_tree_free(tree);
    return NULL;
  }
  tree->root = read(tree, bytes, count);
  if (tree->root) return tree;
  sen_tree_free(tree);
  return NULL;
}

static const GumboNode *parse(SenTree *tree, const char *bytes, size_t count) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = deallocate;
  options.userdata = tree;
  options.max_errors = 0;
  options.fragment_context = GUMBO_TAG_BODY;
  return gumbo_parse_with_options(&options, bytes, count)->root;
}

SenTree *sen_tree_parse(const char *bytes, size_t count, size_t most) {
  return sen_tree_make(parse, bytes, count, most);
}

void sen_tree_free(SenTree *tree) {
  if (!tree) return;
  for (Block *block = tree->blocks, *next; block; block = next) {
    next = block->next;
    free(block);
  }
  free(tree);
}

const GumboNode *sen_tree_root(const SenTree *tree) { return tree->root; }
