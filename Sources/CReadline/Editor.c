// The line editor: readline's callback interface, with completion, hints, resizing and suspension.
#include "CReadline.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static sen_editor_callbacks callbacks;
static int hints_shown;
static int hint_drawn;

int sen_locale_prepare(void) {
  static int chosen;
  static int prepared;
  if (prepared) return chosen;
  prepared = 1;
  if (setlocale(LC_ALL, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    setenv("LC_ALL", "C.UTF-8", 1);
    chosen = setlocale(LC_ALL, "") != NULL ? 1 : -1;
  }
  setlocale(LC_NUMERIC, "C");
  return chosen;
}

static void erase_hint(void) {
  if (!hint_drawn) return;
  hint_drawn = 0;
  fputs("\033[K", rl_outstream);
}

static void draw_hint(void) {
  if (!hints_shown || callbacks.hint == NULL || rl_point != rl_end || rl_done) return;
  if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_COMPLETING)) return;
  int rows, columns;
  rl_get_screen_size(&rows, &columns);
  char *hint = callbacks.hint(callbacks.context, rl_line_buffer, columns);
  if (hint == NULL) return;
  if (*hint) {
    fprintf(rl_outstream, "\0337\033[2m%s\033[0m\0338", hint);
    hint_drawn = 1;
  }
  free(hint);
  fflush(rl_outstream);
}

static void redisplay(void) {
  erase_hint();
  rl_redisplay();
  draw_hint();
}

// Every key takes the hint away first, so that no command (Enter above all) finds it on the screen.
static int read_key(FILE *stream) {
  int key = rl_getc(stream);
  erase_hint();
  return key;
}

static char **attempt_completion(const char *text, int start, int end) {
  (void)text;
  (void)start;
  rl_attempted_completion_over = 1;
  rl_completion_append_character = 0;
  rl_filename_completion_desired = 0;
  rl_sort_completion_matches = 0;
  return callbacks.complete ? callbacks.complete(callbacks.context, rl_line_buffer, end) : NULL;
}

static void display_matches(char **matches, int count, int longest) {
  (void)matches;
  (void)count;
  (void)longest;
  int point = rl_point;
  rl_point = rl_end;
  erase_hint();
  rl_redisplay();
  fputs("\n", rl_outstream);
  if (callbacks.display) callbacks.display(callbacks.context);
  rl_point = point;
  rl_forced_update_display();
}

static void accept_line(char *line) {
  rl_callback_handler_remove();
  if (callbacks.accept) {
    callbacks.accept(callbacks.context, line);
  } else {
    free(line);
  }
}

void sen_editor_initialize(const char *name, int output, sen_editor_callbacks new_callbacks) {
  static char *kept_name;
  callbacks = new_callbacks;
  free(kept_name);
  kept_name = strdup(name);
  rl_readline_name = kept_name;
  rl_instream = stdin;
  rl_outstream = output == 2 ? stderr : stdout;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  // With another redisplay function in its place readline would not look the terminal up, and take it
  // for a dumb one: no second row, no bracketed paste.
  rl_redisplay_function = rl_redisplay;
  rl_initialize();
  rl_redisplay_function = redisplay;
  rl_getc_function = read_key;
  rl_attempted_completion_function = attempt_completion;
  rl_completion_display_matches_hook = display_matches;
  // The whole line up to the cursor is one word: where the word starts is the grammar's to know.
  rl_basic_word_break_characters = "";
  rl_completer_word_break_characters = "";
  rl_completer_quote_characters = NULL;
  rl_variable_bind("show-all-if-ambiguous", "on");
  using_history();
}

int sen_editor_is_current(void *context) { return callbacks.context == context; }

void sen_editor_forget(void *context) {
  if (callbacks.context == context) memset(&callbacks, 0, sizeof callbacks);
}

void sen_editor_show_hints(int show) { hints_shown = show; }

void sen_editor_begin(const char *prompt, const char *prefill) {
  hint_drawn = 0;
  rl_callback_handler_install(prompt, accept_line);
  // The window may have changed while no prompt stood.
  rl_reset_screen_size();
  if (*prefill) {
    rl_insert_text(prefill);
    redisplay();
  }
}

void sen_editor_read_key(void) {
  rl_callback_read_char();
  fflush(rl_outstream);
}

void sen_editor_cancel(const char *mark) {
  erase_hint();
  // Nothing is expected behind a line that is given up.
  rl_redisplay_function = rl_redisplay;
  // First out of a search, which wipes its own prompt and shows the line.
  rl_callback_sigcleanup();
  rl_point = rl_end;
  rl_redisplay();
  fputs(mark, rl_outstream);
  rl_free_line_state();
  rl_redisplay_function = redisplay;
  fputs("\n", rl_outstream);
  rl_callback_handler_remove();
  fflush(rl_outstream);
}

void sen_editor_resize(void) {
  erase_hint();
  // With its own redisplay function readline clears the old rows; with another it would leave them.
  rl_redisplay_function = rl_redisplay;
  rl_resize_terminal();
  rl_redisplay_function = redisplay;
  draw_hint();
  fflush(rl_outstream);
}

void sen_editor_suspend(void) {
  struct sigaction standard, before;
  erase_hint();
  fflush(rl_outstream);
  rl_deprep_terminal();
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &standard, &before);
  kill(getpid(), SIGTSTP);
  sigaction(SIGTSTP, &before, NULL);
  rl_prep_terminal(1);
  rl_reset_screen_size();
  rl_forced_update_display();
  fflush(rl_outstream);
}

void sen_editor_append_after_match(int character) { rl_completion_append_character = character; }

void sen_editor_write(const char *text) { fputs(text, rl_outstream); }

void sen_editor_screen(int *rows, int *columns) { rl_get_screen_size(rows, columns); }

void sen_history_clear(void) { clear_history(); }

void sen_history_add(const char *line) { add_history(line); }

void sen_history_limit(int entries) { stifle_history(entries); }
