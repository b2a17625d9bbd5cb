#pragma once
// rrd.h uses time_t without including what declares it.
#include <time.h>
#include <rrd.h>
