"""Runs the five stages in threads; the newest frame wins."""
