"""Training data: clips, tracks, augmentation."""
