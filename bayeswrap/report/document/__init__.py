"""What a report is made of, and its renderers; nothing of statistics."""
