#pragma once
// First: net-snmp-config.h defines _GNU_SOURCE, and glibc's headers would then differ between modules.
#include <features.h>
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
