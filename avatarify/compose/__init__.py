"""Stage 4 of 5: from the generated crop to the output picture (full-resolution warp, letterbox, mirror, badge)."""
