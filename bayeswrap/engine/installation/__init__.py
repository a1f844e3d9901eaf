"""Finds, fetches and builds a CmdStan home."""
