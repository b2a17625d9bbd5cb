#include "CLater.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

static void give_up(const char *library, const char *package) {
  const char *reason = dlerror();
  fprintf(stderr, "redeye: %s (is the package %s installed?)\n", reason ? reason : library, package);
  // Nothing more is written: what was measured is in the journal, and the next run goes on from there.
  _exit(127);
}

void *later_find(const char *library, const char *package, const char *name) {
  // A second call for the same library only counts its users.
  void *loaded = dlopen(library, RTLD_LAZY | RTLD_LOCAL);
  void *found = loaded ? dlsym(loaded, name) : NULL;
  if (!found) give_up(library, package);
  return found;
}
