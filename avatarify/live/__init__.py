"""Runs the five stages in threads, each with the newest frame, and executes commands meanwhile."""
