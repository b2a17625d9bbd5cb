enum SNMPDoor {}
