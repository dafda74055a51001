// SHA-256, HMAC and scrypt of libcrypto (EVP), and two calls of Linux that Swift's Glibc module does not show.
#pragma once
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Swaps two paths in one step (renameat2 with RENAME_EXCHANGE); -1 and errno on failure.
static inline int sen_exchange(const char *one, const char *other) {
  const int currentFolder = -100;  // AT_FDCWD
  const unsigned exchange = 2;     // RENAME_EXCHANGE
  return (int)syscall(SYS_renameat2, currentFolder, one, currentFolder, other, exchange);
}

/// Writes everything of the file system that holds `descriptor` to the disk; -1 and errno on failure.
static inline int sen_sync_filesystem(int descriptor) {
  return (int)syscall(SYS_syncfs, descriptor);
}
