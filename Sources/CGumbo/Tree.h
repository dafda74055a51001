// What builds trees has their memory from.
#pragma once
#include "CGumbo.h"

typedef const GumboNode *SenTreeReader(SenTree *tree, const char *bytes, size_t count);

/// A tree with what `read` gives as its root; NULL where it gives none, or takes more than `most` bytes of memory.
SenTree *sen_tree_make(SenTreeReader *read, const char *bytes, size_t count, size_t most);
/// Memory that goes with the tree. Leaves the reader where there is no more.
void *sen_tree_allocate(SenTree *tree, size_t size);
