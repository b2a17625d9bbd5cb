#include <features.h>
// Not in the module of the C library: how it keeps memory that was given back.
#include <malloc.h>
#include <spawn.h>
#include <sys/types.h>

// glibc declares these under _GNU_SOURCE alone, which no header that Swift reads may define.

// A child starts with 0, 1 and 2 and nothing else, whatever a library left open without CLOEXEC (glibc 2.34).
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
// A child's working folder, without changing that of every thread (glibc 2.29).
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
// One flush for a whole published tree instead of one for each file.
int syncfs(int descriptor);
// A descriptor that is readable once a process has ended, so that poll waits for both its end and its words (glibc 2.36).
int pidfd_open(pid_t process, unsigned int flags);
