enum SiteDoor {}
