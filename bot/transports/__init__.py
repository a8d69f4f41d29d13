"""Ways to reach the dialogue: they translate, and nothing else."""
