"""Widgets of the window; each reads and changes the state it is given."""
