"""The networks as torch modules; imports torch and nothing of ours but frames and errors."""
