"""Which certificate of a host is trusted: one that a known authority has signed, or the one that was seen first."""

from __future__ import annotations

import hashlib
import json
import ssl
from pathlib import Path

from avatarify import paths
from avatarify.files import private_folder, write_atomic

_FILE = "remote-hosts.json"


class KnownHosts:
    """Certificates by address, in the settings folder.

    Args:
        file: None for the app's own.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or paths.config() / _FILE

    def get(self, host: str) -> str | None:
        """Return the certificate (PEM) that was seen first at ``NAME:PORT``; None if there is none."""
        return self._read().get(host)

    def put(self, host: str, pem: str) -> None:
        """Keep a certificate.

        Raises:
            OSError: It cannot be written.
        """
        private_folder(self.file.parent)
        content = json.dumps({**self._read(), host: pem}, indent=1)
        write_atomic(self.file, content.encode(), private=True)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def context_for(pem: str | None) -> ssl.SSLContext:
    """Return a TLS 1.3 context that accepts one certificate only, or those of known authorities if it is None."""
    context = ssl.create_default_context(cadata=pem)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    if pem is not None:
        context.check_hostname = False  # it is the very certificate
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def fingerprint(pem: str) -> str:
    """Return the SHA-256 of a certificate as it is usually shown: ``AB:CD:…``."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))
