// The compiler holds the declarations of this module against those of SQLite itself.
#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <sqlite3.h>

#include "CSQLiteSession.h"
