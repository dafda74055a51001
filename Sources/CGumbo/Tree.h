// What builds trees has their memory from.
#pragma once
#include "CGumbo.h"

/// A tree without a root, which may take so many bytes; NULL without memory.
SenTree *sen_tree_new(size_t most);
/// Memory that goes with the tree. Leaves what `sen_tree_fill` has called where there is no more.
void *sen_tree_allocate(SenTree *tree, size_t size);
/// Makes what `read` gives the root; 0 where it gives none or takes too much memory.
int sen_tree_fill(
    SenTree *tree, const GumboNode *(*read)(SenTree *, const char *, size_t), const char *bytes, size_t count);
