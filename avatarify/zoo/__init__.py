"""Which models exist: manifests with SHA-256, safe loading, import of public checkpoints."""
