"""The reference for all runtimes: what torch in float32 computes for real frames, recorded once for each model."""
