#include "CLater.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

static void explain(const char *library, const char *package, char *error, int capacity) {
  const char *reason = dlerror();
  snprintf(error, capacity, "%s (is the package %s installed?)", reason ? reason : library, package);
}

// A second call for the same library only counts its users.
static void *load(const char *library) { return dlopen(library, RTLD_LAZY | RTLD_LOCAL); }

int later_load(const char *library, const char *package, char *error, int capacity) {
  if (load(library)) return 0;
  explain(library, package, error, capacity);
  return -1;
}

void *later_find(const char *library, const char *package, const char *name) {
  void *loaded = load(library);
  void *found = loaded ? dlsym(loaded, name) : NULL;
  if (!found) {
    char error[500];
    explain(library, package, error, sizeof error);
    fprintf(stderr, "redeye: %s\n", error);
    _exit(127);
  }
  return found;
}
