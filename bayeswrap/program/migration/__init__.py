"""Old Stan syntax rewritten in today's, line by line."""
