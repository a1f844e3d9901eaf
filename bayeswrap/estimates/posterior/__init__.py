"""Draws by NUTS with their diagnostics, and ArviZ's container of them."""
