enum PlatformDoor {}
