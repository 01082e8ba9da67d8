"""Trains the models on rendered humans; only the command line imports this."""
