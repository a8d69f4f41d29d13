"""Retrieval: training of the shipped model and weights, and the figures."""
