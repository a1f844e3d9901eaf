"""From a design and a family to a Stan program."""
