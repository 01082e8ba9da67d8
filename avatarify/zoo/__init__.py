"""The models that can be used: manifests with SHA-256, safe loading, import of public checkpoints."""
