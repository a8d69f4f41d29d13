"""One file for each family of personal details."""
