"""Key-point mathematics: pure functions on numpy arrays or torch tensors."""
