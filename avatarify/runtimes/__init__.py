"""Who executes a network: torch, OpenVINO. One protocol, chosen with a stated reason."""
