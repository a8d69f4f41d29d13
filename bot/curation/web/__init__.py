"""The volunteers' workspace in a browser: pages over accounts and the review workflow."""
