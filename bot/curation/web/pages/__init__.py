"""What makes each page, one subject a file."""
