"""Stan on this machine: text, files and processes; nothing of roles or estimates."""
