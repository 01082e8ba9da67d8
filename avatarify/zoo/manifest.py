"""What is recorded about a model beside its weights."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, Self, get_args

from avatarify.boundary import reason_of
from avatarify.errors import ModelError
from avatarify.files import sha256_of
from avatarify.messages import Message

FILE_NAME = "manifest.json"
Kind = Literal["fomm", "mobile"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a model's ``manifest.json``; its keys are the names of the attributes.

    Attributes:
        name: What ``--model`` accepts; also the name of the model's folder.
        kind: Which networks read the weights: the First Order Motion Model's or the built-in model's.
        config: What these networks need to be built, such as ``preset``.
        file: Name of the safetensors file in the same folder.
        sha256: Of that file, 64 lower-case hexadecimal digits.
        licence: The license of the weights.
        origin: Where the weights come from.
        created: When the manifest was written, ISO 8601 in UTC.
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
            ModelError: It is missing, damaged, or belongs to another folder.
        """
        file = folder / FILE_NAME
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise ModelError(
                "The manifest {file} cannot be read: {reason}.",
                "Import the model again.",
                file=file,
                reason=reason_of(error),
            ) from error
        if problem := _problem(content, folder.name):
            raise ModelError(
                "The manifest {file} is not valid: {reason}.", "Import the model again.", file=file, reason=problem
            )
        return cls(**{field.name: content[field.name] for field in fields(cls)})

    def write(self, folder: Path) -> None:
        """Write the manifest into a model's folder.

        Raises:
            OSError: The folder cannot be written.
        """
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model that can be used.

    Attributes:
        manifest: What is recorded about it.
        folder: Where manifest and weights are.
        bundled: True if it came with the app, False if the user imported it.
    """

    manifest: Manifest
    folder: Path
    bundled: bool

    @property
    def weights(self) -> Path:
        """The safetensors file."""
        return self.folder / self.manifest.file

    def verify(self) -> None:
        """Compare the weights with the SHA-256 in the manifest.

        Raises:
            ModelError: They are missing, unreadable, or not the same.
        """
        again = Message("Import or download the model again.")
        remedy = Message("Reinstall Avatarify.") if self.bundled else again
        try:
            found = sha256_of(self.weights)
        except OSError as error:
            raise ModelError(
                "The weights {file} cannot be read: {reason}.",
                remedy,
                file=self.weights,
                reason=error.strerror,
            ) from error
        if found != self.manifest.sha256:
            raise ModelError(
                "The weights {file} are damaged: their SHA-256 differs from the manifest's.",
                remedy,
                file=self.weights,
            )


def _problem(content: object, folder_name: str) -> Message | None:
    """Return what is wrong with a manifest's content; None if nothing is."""
    names = {field.name for field in fields(Manifest)}
    if not isinstance(content, dict) or not content.keys() >= names:
        return Message("it must be an object with the keys {keys}", keys=sorted(names))
    if content["name"] != folder_name:
        return Message("the model's name is not its folder's, '{folder}'", folder=folder_name)
    if content["kind"] not in get_args(Kind):
        return Message("its kind is none of {kinds}", kinds=get_args(Kind))
    if not isinstance(content["config"], dict):
        return Message("its config is not an object")
    if not _is_plain(content["file"]):
        return Message("its file is not the plain name of a safetensors file")
    return None if is_sha256(content["sha256"]) else Message("its sha256 is not 64 hexadecimal digits")


def is_sha256(text: object) -> bool:
    """Return whether a value is a string of 64 lower-case hexadecimal digits."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[\w.-]+\.safetensors", name) is not None
