"""What a verdict asks of a model: whether it is proper, identified, represented by its mode."""
