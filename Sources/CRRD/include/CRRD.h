#pragma once
// rrd.h uses time_t without including what declares it.
#include <time.h>
#include <rrd.h>

// Whether librrd can be called; if not, the reason is in `error`.
int redeye_rrd_load(char *error, int capacity);
