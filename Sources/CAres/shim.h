#pragma once
// First, so that no header below chooses other feature macros than the rest of the program has.
#include <features.h>
#include <ares.h>
