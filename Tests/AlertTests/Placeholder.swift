import Alert
