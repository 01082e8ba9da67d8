"""Stage 3 of 5: takes a Frame and its Face, gives the portrait moved as the face moves."""
