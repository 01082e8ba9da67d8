"""The user's choices, kept as JSON in the settings folder."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from avatarify import paths
from avatarify.errors import InputError
from avatarify.files import private_folder, write_atomic
from avatarify.log import logger

_LARGEST = 1 << 20  # bytes of a file that can be settings
_RANGES = {"fps": (1.0, 240.0), "overlay": (0.0, 1.0)}
_FORMS = {
    "size": r"\d{2,4}x\d{2,4}",
    "neutral": r"first|best|\d{1,9}",
    "theme": r"system|light|dark",
    "language": r"[A-Za-z_-]{0,20}",
}


@dataclass
class Settings:
    """The user's choices; fields have the meaning of the options of ``avatarify run`` with the same name.

    Attributes:
        camera: Number or name of the camera; empty until one is chosen.
        portrait: Name or file of the portrait; empty until one is chosen.
        sink: Where frames are sent.
        model: Name of the model.
        runtime: ``auto`` or the name of a runtime.
        size: Output size, ``WIDTHxHEIGHT``.
        fps: Output frames per second.
        quality: ``auto`` reduces detail while the computer cannot keep up; ``best`` never does.
        neutral: Which frame is taken as neutral.
        controls: How the portrait moves and looks (see ``animate.options.Controls``).
        presets: Controls by portrait, applied when that portrait is chosen.
        keys: Keys by command, where they differ from the defaults.
        letter_keys: Whether single letters may change what others see.
        keys_shown: Whether the list of keys was shown; until then, ``letter_keys`` is off.
        global_keys: Keys by command that work while another program has the focus; none by default.
        favorites: Names of portraits that are listed first.
        order: Names of portraits in the order that the user gave them; favorites still come first.
        consents: Files of added portraits whose person has agreed, as the user confirmed.
        recordings: Folder for recordings; empty is the system's folder for videos.
        privacy_accepted: Whether the privacy notice of the first start was accepted.
        window: Position and state of the window, as the window wrote it.
        mirror_preview: Whether the preview is mirrored.
        side_by_side: Whether the window shows the camera as large as the output.
        camera_preview: Whether the window shows the camera.
        landmarks: Whether the face's landmarks are drawn into the camera preview.
        figures: Whether statistics are drawn into the preview.
        overlay: Opacity of the portrait over the camera preview, for alignment, in [0, 1].
        theme: ``system``, ``light`` or ``dark``.
        language: A language code; empty follows the system.
    """

    camera: str = ""
    portrait: str = ""
    sink: str = "virtual"
    model: str = "built-in"
    runtime: str = "auto"
    size: str = "1280x720"
    fps: float = 30.0
    quality: str = "auto"
    neutral: str = "best"
    controls: dict[str, Any] = field(default_factory=dict)
    presets: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    letter_keys: bool = False
    keys_shown: bool = False
    global_keys: dict[str, Any] = field(default_factory=dict)
    favorites: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    consents: list[str] = field(default_factory=list)
    recordings: str = ""
    privacy_accepted: bool = False
    window: str = ""
    mirror_preview: bool = True
    side_by_side: bool = False
    camera_preview: bool = True
    landmarks: bool = False
    figures: bool = False
    overlay: float = 0.0
    theme: str = "system"
    language: str = ""


def settings_file() -> Path:
    """Return the file that contains the settings."""
    return paths.config() / "settings.json"


def load() -> Settings:
    """Read the settings; what cannot be read is replaced by defaults, with a warning in the log.

    A file that is no JSON object is renamed to ``settings.json.bad`` if possible. Fields that this version does not
    know, or whose value has another type or is out of range, are ignored. No content of the file raises an exception.
    """
    file = settings_file()
    try:
        values = _read(file)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        logger("settings").warning("%s cannot be read (%s); the defaults are used.", file, error.strerror)
        return Settings()
    except (ValueError, RecursionError, MemoryError):
        _set_aside(file)
        return Settings()
    return Settings(**_usable(values))


def save(settings: Settings) -> None:
    """Write the settings.

    Raises:
        InputError: The folder cannot be written.
    """
    file = settings_file()
    content = json.dumps(asdict(settings), indent=2, ensure_ascii=False).encode()
    try:
        private_folder(file.parent)
        write_atomic(file, content, private=True)
    except OSError as error:
        raise InputError(
            "The settings cannot be saved in {folder}: {reason}.",
            "Make the folder writable, or set AVATARIFY_CONFIG to another folder.",
            folder=file.parent,
            reason=error.strerror,
        ) from error


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError("too large")
    values = json.loads(content.decode())
    if not isinstance(values, dict):
        raise ValueError("not a JSON object")
    return values


def _set_aside(file: Path) -> None:
    aside = file.with_name(file.name + ".bad")
    try:
        file.replace(aside)
    except OSError:
        logger("settings").warning("%s is damaged; the defaults are used.", file)
        return
    logger("settings").warning("%s was damaged and is kept as %s; the defaults are used.", file, aside.name)


def _usable(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values whose field exists and has the same type."""
    defaults, usable = Settings(), {}
    for known in fields(Settings):
        default = getattr(defaults, known.name)
        value = values.get(known.name, default)
        if isinstance(default, float) and type(value) is int:
            value = _as_float(value)
        if _same_type(value, default) and _sensible(known.name, value):
            usable[known.name] = value
        else:
            logger("settings").warning("The setting '%s' has an unusable value; the default is used.", known.name)
    return usable


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _same_type(value: object, default: object) -> bool:
    if isinstance(default, list):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is type(default)


def _sensible(name: str, value: Any) -> bool:
    """Return whether a value of the right type is in the range of its field."""
    if isinstance(value, float):
        low, high = _RANGES[name]
        return low <= value <= high  # false for NaN
    if isinstance(value, str):
        return _is_text(value) and (name not in _FORMS or re.fullmatch(_FORMS[name], value) is not None)
    if isinstance(value, list):
        return all(_is_text(item) for item in value)
    if isinstance(value, dict):
        kind = dict if name == "presets" else str
        return name == "controls" or all(isinstance(item, kind) for item in value.values())
    return True


def _is_text(value: str) -> bool:
    """Return whether a string can be a name of something: no null, no half of a surrogate pair."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
