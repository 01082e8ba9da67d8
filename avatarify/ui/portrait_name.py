"""Names of portraits from names of files."""

from __future__ import annotations

import re
from urllib.parse import unquote

_PROGRAMS = (
    r"IMG|DSC[NF]?|PXL|MVIMG|Screenshot|Bildschirmfoto|WhatsApp Image|photo|image|unnamed|download|copy|Kopie|copia"
    r"|edited|final|cropped"
)
_NOISE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_PROGRAMS})\b",
        r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b",
        r"\b(?=\w*\d)[0-9a-f]{12,}\b",
        r"\b\d{2,5} ?[x×] ?\d{2,5}(?:px)?\b",
        r"\b(?:19|20)\d{2}[-. ]?\d{2}[-. ]?\d{2}\b",
        r"\b(?:at )?\d{2}[.:-]\d{2}[.:-]\d{2}\b",
        r"\([\d\s–-]*\)",
        r"\b\d{3,}\b",
    )
)


def plain_name(stem: str) -> str:
    """Return the words of a file's name, without what cameras, browsers, and editors add; empty if nothing is left."""
    text = re.sub(r"[_+~]+", " ", unquote(stem))
    for noise in _NOISE:
        text = noise.sub(" ", text)
    words = re.sub(r"\s+-\s+|(?<=\w)-(?=\w)", " ", text).split()
    kept = [word for word in (word.strip("-.") for word in words) if word]
    name = " ".join(kept)
    return name[:1].upper() + name[1:]
