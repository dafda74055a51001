// Signals as flags, and as something that can be waited for together with a descriptor.
#define _GNU_SOURCE
#include "CReadline.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const int prompt_signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH};
enum { prompt_signal_count = sizeof prompt_signals / sizeof prompt_signals[0] };

static volatile sig_atomic_t pending[NSIG];
static struct sigaction before_prompt[prompt_signal_count];
static int wake[2] = {-1, -1};
static int prompt_depth;

static void note(int number) {
  int saved = errno;
  pending[number] = 1;
  if (wake[1] >= 0) {
    ssize_t written = write(wake[1], "!", 1);
    (void)written;
  }
  errno = saved;
}

static void catch_signal(int number, int flags, struct sigaction *before) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, before);
}

void sen_signal_install(void) { catch_signal(SIGINT, SA_RESTART, NULL); }

int sen_signal_pending(int number) { return pending[number]; }

int sen_signal_take(int number) {
  int was = pending[number];
  pending[number] = 0;
  return was;
}

void sen_prompt_begin(void) {
  if (prompt_depth++ > 0) return;
  if (wake[0] < 0 && pipe2(wake, O_NONBLOCK | O_CLOEXEC) != 0) wake[0] = wake[1] = -1;
  for (int i = 0; i < prompt_signal_count; i++) {
    pending[prompt_signals[i]] = 0;
    catch_signal(prompt_signals[i], 0, &before_prompt[i]);
    int ends = prompt_signals[i] == SIGTERM || prompt_signals[i] == SIGHUP;
    if (ends && before_prompt[i].sa_handler == SIG_IGN) {
      sigaction(prompt_signals[i], &before_prompt[i], NULL);
    }
  }
}

void sen_prompt_end(void) {
  if (--prompt_depth > 0) return;
  for (int i = 0; i < prompt_signal_count; i++) sigaction(prompt_signals[i], &before_prompt[i], NULL);
}

int sen_prompt_wait(int descriptor) {
  for (;;) {
    for (int i = 0; i < prompt_signal_count; i++) {
      if (sen_signal_take(prompt_signals[i])) return prompt_signals[i];
    }
    struct pollfd both[2] = {{descriptor, POLLIN, 0}, {wake[0], POLLIN, 0}};
    int ready = poll(both, 2, -1);
    if (ready < 0 && errno != EINTR) return -1;
    if (ready <= 0) continue;
    if (both[1].revents) {
      char drained[64];
      while (read(wake[0], drained, sizeof drained) > 0) {
      }
      continue;
    }
    if (both[0].revents & POLLNVAL) return -1;
    if (both[0].revents) return 0;
  }
}

int sen_wait_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

int sen_wait_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

int sen_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }
