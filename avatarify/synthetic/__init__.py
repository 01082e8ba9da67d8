"""Synthetic people: geometry, textures, motion, and light, rendered with exact ground truth."""
