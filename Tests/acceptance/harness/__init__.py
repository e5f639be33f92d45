"""Starts the real programs on free ports, speaks to them as strangers would, and cleans up after them."""
