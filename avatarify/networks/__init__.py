"""The networks as torch modules, and the reading of checkpoints. Imports torch and nothing of ours but frames and errors."""
