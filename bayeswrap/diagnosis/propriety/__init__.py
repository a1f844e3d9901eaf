"""Whether a density has finite mass and finite intervals: its tails, followed out."""
