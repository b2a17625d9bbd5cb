enum YAMLDoor {}
