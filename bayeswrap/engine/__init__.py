"""Where Stan is, and how it is run: text, files and processes; nothing of roles or estimates."""
