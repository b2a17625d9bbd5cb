#pragma once

// Libraries that are loaded when one of their functions is first called, and not with the program: two thirds of the
// loader's work at the start of a run were for what librrd and libcurl bring along (decision 0014).

// Loads a library; 0, or why it cannot be loaded, with the package that has it, in `error`. Any thread may call it.
int later_load(const char *library, const char *package, char *error, int capacity);

// A function of a library, which is loaded if it is not there yet. Ends the process, as the loader would have done at
// its start, where that is not possible; so callers ask `later_load` before their first call.
void *later_find(const char *library, const char *package, const char *name);

// What stands behind a name of `library`, looked up once.
#define LATER_FOUND(library, package, name) \
  ({ \
    static void *_Atomic known; \
    void *it = known; \
    if (!it) known = it = later_find(library, package, name); \
    it; \
  })

// Defines a function of `library` that calls the one of the same name there. Hidden, so that the library itself, once
// it is loaded, finds its own.
#define LATER(library, package, type, name, parameters, arguments) \
  __attribute__((visibility("hidden"))) type name parameters { \
    return ((type(*) parameters)LATER_FOUND(library, package, #name))arguments; \
  }
