"""Which statement or term is prior, population or likelihood, and why."""
