#include "CRRD.h"

#include <CLater.h>

// The functions of librrd that redeye calls.
#define RRD(type, name, parameters, arguments) LATER("librrd.so.8", "librrd8", type, name, parameters, arguments)

int redeye_rrd_load(char *error, int capacity) { return later_load("librrd.so.8", "librrd8", error, capacity); }

RRD(void, rrd_clear_error, (void), ())
RRD(int, rrd_test_error, (void), ())
RRD(char *, rrd_get_error, (void), ())
RRD(double, rrd_set_to_DNAN, (void), ())
RRD(int, rrd_create_r, (const char *path, unsigned long step, time_t start, int count, const char **arguments),
    (path, step, start, count, arguments))
RRD(int, rrd_update_r, (const char *path, const char *pattern, int count, const char **arguments),
    (path, pattern, count, arguments))
