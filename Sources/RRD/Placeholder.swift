enum RRDDoor {}
