"""Stage 4 of 5: takes the generated crop, gives the output picture (full-size paste, letterbox, mirror, badge)."""
