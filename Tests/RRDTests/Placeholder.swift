import RRD
