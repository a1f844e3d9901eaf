"""Results in their places, aligned, measured, checked and judged: plain values."""
