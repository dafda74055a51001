// A program on a terminal of its own, for tests: fork and exec cannot be written in Swift.
#ifndef SEN_PSEUDO_TERMINAL_H
#define SEN_PSEUDO_TERMINAL_H

#include <sys/types.h>

/// Starts `arguments[0]` (a path) in `folder`, on a new terminal of that size, as its session's leader.
/// Returns the process, and the terminal's other end in `*master`; -1 where that failed. 127 is the exit
/// code of a program that could not be started.
pid_t sen_pty_start(char *const arguments[], char *const environment[], const char *folder, int rows,
                    int columns, int *master);

/// Changes the size of the terminal, which sends SIGWINCH.
int sen_pty_resize(int master, int rows, int columns);

/// Whether the terminal hands on whole lines and shows what is typed, as a shell expects to find it.
int sen_pty_is_cooked(int master);

#endif
