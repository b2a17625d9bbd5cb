enum JournalDoor {}
