enum TransferDoor {}
