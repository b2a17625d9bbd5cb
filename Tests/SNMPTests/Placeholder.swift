import SNMP
