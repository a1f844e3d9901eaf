"""The Stan program: its text, its variables, and the roles of its statements."""
