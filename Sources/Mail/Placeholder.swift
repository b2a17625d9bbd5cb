enum MailDoor {}
