"""The web: an API that streams, and a chat page."""
