"""The parts of the grounding check."""
