#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

pid_t sen_pty_start(char *const arguments[], char *const environment[], const char *folder, int rows,
                    int columns, int *master) {
  struct winsize size;
  memset(&size, 0, sizeof size);
  size.ws_row = rows;
  size.ws_col = columns;
  pid_t child = forkpty(master, NULL, NULL, &size);
  if (child == 0) {
    // Tests run on threads that block signals, and a process inherits that.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (chdir(folder) == 0) execve(arguments[0], arguments, environment);
    _exit(127);
  }
  if (child > 0) fcntl(*master, F_SETFD, FD_CLOEXEC);
  return child;
}

int sen_pty_resize(int master, int rows, int columns) {
  struct winsize size;
  memset(&size, 0, sizeof size);
  size.ws_row = rows;
  size.ws_col = columns;
  return ioctl(master, TIOCSWINSZ, &size);
}

int sen_pty_is_cooked(int master) {
  struct termios state;
  if (tcgetattr(master, &state) != 0) return 0;
  return (state.c_lflag & ICANON) && (state.c_lflag & ECHO) && (state.c_lflag & ISIG);
}
