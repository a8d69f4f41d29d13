"""Commands over JSON lines: read records, write answers, report what failed."""
