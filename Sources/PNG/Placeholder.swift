enum PNGDoor {}
