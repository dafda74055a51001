// The few calls of SQLite that Swift cannot make, or that the journal needs and sqlite3.h shows only under defines of its own:
// the pre-update hook (https://www.sqlite.org/c3ref/preupdate_count.html) and the application of changesets
// (https://www.sqlite.org/session/sqlite3changeset_apply.html). Debian's library has both.
#pragma once
#include <stdint.h>

/// Has SQLite keep no count of the memory that it uses, for which all connections of all threads would wait for each
/// other at every allocation (https://www.sqlite.org/c3ref/c_config_covering_index_scan.html, SQLITE_CONFIG_MEMSTATUS).
/// Only before it is used for the first time; afterwards it changes nothing and gives SQLITE_MISUSE.
int sen_sqlite_count_no_memory(void);

struct sqlite3;
struct sqlite3_value;
struct sqlite3_changeset_iter;

/// Calls `hook` before every change of a row; `database` is "main" or another schema, `table` its table, the keys
/// are rowids before and after.
void *sqlite3_preupdate_hook(
  struct sqlite3 *db,
  void (*hook)(
    void *context, struct sqlite3 *db, int operation, char const *database, char const *table,
    long long int oldKey, long long int newKey),
  void *context);
/// How many columns the row has that is about to change.
int sqlite3_preupdate_count(struct sqlite3 *db);
int sqlite3_preupdate_old(struct sqlite3 *db, int column, struct sqlite3_value **value);
int sqlite3_preupdate_new(struct sqlite3 *db, int column, struct sqlite3_value **value);

/// Applies a changeset or a patchset; `conflict` says what becomes of a change that does not fit.
int sqlite3changeset_apply(
  struct sqlite3 *db, int size, void *changeset,
  int (*filter)(void *context, const char *table),
  int (*conflict)(void *context, int reason, struct sqlite3_changeset_iter *change),
  void *context);
/// The table and kind of the change that a conflict is about.
int sqlite3changeset_op(
  struct sqlite3_changeset_iter *change, const char **table, int *columns, int *operation, int *isIndirect);

// The reasons and the answers of `conflict`.
#ifndef SQLITE_CHANGESET_OMIT
#define SQLITE_CHANGESET_DATA 1
#define SQLITE_CHANGESET_NOTFOUND 2
#define SQLITE_CHANGESET_CONFLICT 3
#define SQLITE_CHANGESET_CONSTRAINT 4
#define SQLITE_CHANGESET_FOREIGN_KEY 5
#define SQLITE_CHANGESET_OMIT 0
#define SQLITE_CHANGESET_ABORT 2
#endif
