"""Measures how well an animation follows its driver."""
