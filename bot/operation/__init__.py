"""What an operator does: keys, switches, numbers, retention, backups."""
