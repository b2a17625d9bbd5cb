#pragma once
#include <time.h>
#include <rrd.h>
