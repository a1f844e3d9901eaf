"""From one start to an optimum whose kind is verified."""
