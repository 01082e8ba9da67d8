"""Where a host that was started to be tried on this computer leaves its token."""

DEMO_TOKEN_FILE = "serve-token"  # in the settings folder
DEMO_ADDRESS = "wss://localhost:8443"
