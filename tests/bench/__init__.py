"""Measurements; run `make bench`."""
