"""The values that ingest writes and answering reads."""
