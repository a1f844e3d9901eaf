"""Estimates of one program on one data set: modes with their curvature, draws with diagnostics."""
