"""Figures from plain values; the only importer of matplotlib."""
