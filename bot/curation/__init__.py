"""The volunteers' workspace: entries from draft to published, and what borrowers make of them."""
