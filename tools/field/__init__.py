"""Recipes of faults that were found in the field, one module for each."""
