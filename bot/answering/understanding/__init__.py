"""The parts of understanding: separate questions, what a follow-up leans on, who lent."""
