"""The parts of composing: which lines fit the question, and what they rest on."""
