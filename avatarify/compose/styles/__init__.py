"""Turns a photograph of a person into a drawing or a painting, by classic image processing."""
