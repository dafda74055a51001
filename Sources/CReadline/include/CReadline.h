// GNU readline behind plain functions: its globals stay in C, where Swift's concurrency checks cannot
// see (and need not fear) them. Everything here belongs to the main thread, except `sen_signal_*`.
#ifndef SEN_CREADLINE_H
#define SEN_CREADLINE_H

/// What the editor asks of Swift. `context` is handed back in every call.
typedef struct {
  void *context;
  /// A line was accepted (malloc'd, the callee frees it), or NULL: end of input on an empty line.
  void (*accept)(void *context, char *line);
  /// Matches for the cursor at byte `point`: malloc'd and NULL-terminated, the common prefix first,
  /// each replacing the whole line up to the cursor; NULL for none.
  char **(*complete)(void *context, const char *line, int point);
  /// Writes the list of the last matches with `sen_editor_write`; each line ends in a newline.
  void (*display)(void *context);
  /// The text to show dim behind the cursor at the end of `line` (malloc'd, the editor frees it), or NULL.
  char *(*hint)(void *context, const char *line, int columns);
} sen_editor_callbacks;

/// Sets the locale from the environment, and to `C.UTF-8` where that is not UTF-8; numbers stay in the
/// C locale. Returns 1 where it had to choose UTF-8 itself, -1 where there is no UTF-8 locale at all.
int sen_locale_prepare(void);

/// Prepares readline for these callbacks; `output` is the descriptor (1 or 2) that the prompt and the line are shown on.
void sen_editor_initialize(const char *name, int output, sen_editor_callbacks callbacks);
/// 1 while the callbacks are those of `context`.
int sen_editor_is_current(void *context);
/// Forgets the callbacks of `context`, if they are the current ones.
void sen_editor_forget(void *context);
/// Whether hints are drawn; they need a terminal that knows dim and the saved cursor.
void sen_editor_show_hints(int show);
/// Shows `prompt` with `prefill` already typed behind it.
void sen_editor_begin(const char *prompt, const char *prefill);
/// Reads and handles one key; there must be input.
void sen_editor_read_key(void);
/// Gives the line up: shows `mark` behind it, a newline, and restores the terminal.
void sen_editor_cancel(const char *mark);
/// Redraws after the window changed.
void sen_editor_resize(void);
/// Stops the program as Ctrl-Z asks, with the terminal as it was, and takes the line up again after.
void sen_editor_suspend(void);
/// What is added behind a single match; 0 for nothing.
void sen_editor_append_after_match(int character);
/// Writes to the terminal of the editor.
void sen_editor_write(const char *text);
/// The size of the screen as readline knows it.
void sen_editor_screen(int *rows, int *columns);

void sen_history_clear(void);
void sen_history_add(const char *line);
void sen_history_limit(int entries);

/// Catches SIGINT for the whole program: it then only sets a flag.
void sen_signal_install(void);
/// 1 while a signal `number` has come and not been taken.
int sen_signal_pending(int number);
/// The same, and forgets it.
int sen_signal_take(int number);

/// While a question or a prompt stands: SIGINT, SIGWINCH, SIGTSTP, SIGTERM and SIGHUP are reported by
/// `sen_prompt_wait`. SIGTERM and SIGHUP stay as they are where the program ignores them.
void sen_prompt_begin(void);
/// 0: `descriptor` can be read (or is at its end); a signal's number; -1: an error.
int sen_prompt_wait(int descriptor);
void sen_prompt_end(void);

/// The names of a wait status: the exit code, or -1 where a signal ended the process.
int sen_wait_exit_code(int status);
/// The signal that ended the process, or 0.
int sen_wait_signal(int status);

/// A pipe whose ends are close-on-exec (pipe2, which Swift's Glibc module does not show); -1 on failure.
int sen_pipe(int ends[2]);

#endif
