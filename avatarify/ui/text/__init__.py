"""Text in the user's language."""
