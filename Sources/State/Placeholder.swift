enum StateDoor {}
