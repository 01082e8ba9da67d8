"""Measure how well an animation follows its driving video."""
