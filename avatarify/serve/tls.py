"""TLS 1.3 for a host, and a certificate of its own to try it on this computer."""

from __future__ import annotations

import datetime
import ipaddress
import secrets
import ssl
from dataclasses import dataclass
from pathlib import Path

from avatarify import paths
from avatarify.boundary import reason_of
from avatarify.errors import InputError
from avatarify.files import private_folder, write_atomic
from avatarify.remote.demo import DEMO_TOKEN_FILE

_DAYS = 3650
_NAME = "localhost"


@dataclass(frozen=True)
class HostFiles:
    """The files a host needs: certificate and key as PEM, and tokens, one a line."""

    cert: Path
    key: Path
    tokens: Path


def tls_context(files: HostFiles) -> ssl.SSLContext:
    """Return the context of a host: TLS 1.3 only.

    Raises:
        InputError: Certificate or key cannot be read.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_cert_chain(files.cert, files.key)
    except (OSError, ssl.SSLError) as error:
        raise InputError(
            "The certificate {cert} or its key {key} cannot be read: {reason}.",
            "Both must be PEM files.",
            cert=files.cert,
            key=files.key,
            reason=reason_of(error),
        ) from error
    return context


def demo_files() -> HostFiles:
    """Return a certificate for localhost and a token in the settings folder; they are made once.

    Raises:
        InputError: They cannot be written.
    """
    folder = paths.config() / "serve"
    files = HostFiles(folder / "cert.pem", folder / "key.pem", paths.config() / DEMO_TOKEN_FILE)
    if all(file.exists() for file in (files.cert, files.key, files.tokens)):
        return files
    cert, key = _self_signed()
    try:
        private_folder(folder)
        write_atomic(files.cert, cert, private=True)
        write_atomic(files.key, key, private=True)
        write_atomic(files.tokens, secrets.token_urlsafe(32).encode() + b"\n", private=True)
    except OSError as error:
        raise InputError(
            "The folder {folder} cannot be written: {reason}.",
            "Give --cert, --key, and --token-file.",
            folder=folder,
            reason=reason_of(error),
        ) from error
    return files


def _self_signed() -> tuple[bytes, bytes]:
    """Return a certificate for this computer and its key, both as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    now = datetime.datetime.now(datetime.UTC)
    hosts = [x509.DNSName(_NAME), *(x509.IPAddress(ipaddress.ip_address(text)) for text in ("127.0.0.1", "::1"))]
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return cert.public_bytes(serialization.Encoding.PEM), pem
