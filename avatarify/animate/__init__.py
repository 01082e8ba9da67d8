"""Stage 3 of 5: takes a Frame and its Face, returns the moved portrait. Also runs stages 2 to 4 without threads."""
