"""What is written down about a model, beside its weights."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, Self, get_args

from avatarify.errors import ModelError
from avatarify.files import sha256_of

FILE_NAME = "manifest.json"
Kind = Literal["fomm", "mobile"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One model, as its ``manifest.json`` tells it.

    Attributes:
        name: What ``--model`` accepts; also the name of its folder.
        kind: Which networks read the weights.
        config: What these networks need to know to be built.
        file: Name of the safetensors file in the same folder.
        sha256: Of that file, 64 lower-case hexadecimal digits.
        licence: Under which terms the weights may be used.
        origin: Where the weights come from.
        created: When this file was written, ISO 8601 in UTC.
    """

    name: str
    kind: Kind
    config: dict[str, object]
    file: str
    sha256: str
    licence: str
    origin: str
    created: str

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the manifest of a model's folder.

        Raises:
            ModelError: it is missing, damaged, or not about this folder.
        """
        file = folder / FILE_NAME
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"The manifest {file} cannot be read: {error}.", "Import the model again.") from error
        if problem := _problem(content, folder.name):
            raise ModelError(f"The manifest {file} is not valid: {problem}.", "Import the model again.")
        return cls(**{field.name: content[field.name] for field in fields(cls)})

    def write(self, folder: Path) -> None:
        """Write the manifest into a model's folder.

        Raises:
            OSError: the folder cannot be written.
        """
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model that is there to be used.

    Attributes:
        manifest: What is written about it.
        folder: Where it lies.
        carried: True where it came with the app, False where the user imported it.
    """

    manifest: Manifest
    folder: Path
    carried: bool

    @property
    def weights(self) -> Path:
        """The safetensors file."""
        return self.folder / self.manifest.file

    def verify(self) -> None:
        """Compare the weights with the SHA-256 in the manifest.

        Raises:
            ModelError: they are missing, unreadable or not the same.
        """
        remedy = "Install avatarify again." if self.carried else "Import or download the model again."
        try:
            found = sha256_of(self.weights)
        except OSError as error:
            what = f"The weights {self.weights} cannot be read: {error.strerror}."
            raise ModelError(what, remedy) from error
        if found != self.manifest.sha256:
            raise ModelError(f"The weights {self.weights} are damaged: their SHA-256 is not the manifest's.", remedy)


def _problem(content: object, folder_name: str) -> str:
    """Say what is wrong with a manifest's content; empty if nothing is."""
    names = {field.name for field in fields(Manifest)}
    if not isinstance(content, dict) or not content.keys() >= names:
        return f"it must be an object with the keys {', '.join(sorted(names))}"
    checks = {
        f"the model's name is not its folder's, '{folder_name}'": content["name"] == folder_name,
        f"its kind is none of {', '.join(get_args(Kind))}": content["kind"] in get_args(Kind),
        "its config is not an object": isinstance(content["config"], dict),
        "its file is not the plain name of a safetensors file": _is_plain(content["file"]),
        "its sha256 is not 64 hexadecimal digits": is_sha256(content["sha256"]),
    }
    return next((problem for problem, fine in checks.items() if not fine), "")


def is_sha256(text: object) -> bool:
    """Say whether a text is 64 lower-case hexadecimal digits."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[\w.-]+\.safetensors", name) is not None
