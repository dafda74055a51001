#pragma once
// glibc's settings of its heaps, which Swift's module of it leaves out.
#include <malloc.h>
