"""What Windows tells about who may use cameras, and who does now: its "consent store" in the registry."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"
_DESKTOP = "NonPackaged"  # programs that do not come from the Store; each has a key named after its file


@dataclass(frozen=True)
class Key:
    """A key of the registry: its values, and the keys below it."""

    values: Mapping[str, object] = field(default_factory=dict)
    keys: Mapping[str, Key] = field(default_factory=dict)


def consent_store(registry: Any = None) -> Key:
    """Read the user's consent store; an empty key where there is none, as on other systems.

    Args:
        registry: The module ``winreg``, or one that behaves like it.
    """
    try:
        winreg = registry or importlib.import_module("winreg")
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _STORE) as handle:
            return _read(winreg, handle)
    except (ImportError, OSError):
        return Key()


def denied(store: Key) -> bool:
    """Say whether desktop programs may not use cameras."""
    desktop = store.keys.get(_DESKTOP, Key())
    return "Deny" in (store.values.get("Value"), desktop.values.get("Value"))


def users(store: Key) -> dict[str, tuple[str, ...]]:
    """Return the programs that use a camera now; Windows does not tell which camera."""
    names = tuple(sorted({name for name, key in _programs(store) if _in_use(key)}))
    return {"": names} if names else {}


def _programs(store: Key) -> Iterator[tuple[str, Key]]:
    own = sys.executable.replace("\\", "#").casefold()
    for name, key in store.keys.items():
        if name != _DESKTOP:
            yield name.split("_")[0], key
    for name, key in store.keys.get(_DESKTOP, Key()).keys.items():
        if name.casefold() != own:
            yield name.rsplit("#", 1)[-1], key


def _in_use(key: Key) -> bool:
    """A program that began and has not stopped has 0 as the time of its end."""
    return bool(key.values.get("LastUsedTimeStart")) and key.values.get("LastUsedTimeStop") == 0


def _read(winreg: Any, handle: Any) -> Key:
    key_count, value_count, _ = winreg.QueryInfoKey(handle)
    values = dict(winreg.EnumValue(handle, number)[:2] for number in range(value_count))
    keys = {}
    for name in [winreg.EnumKey(handle, number) for number in range(key_count)]:
        with winreg.OpenKey(handle, name) as below:
            keys[name] = _read(winreg, below)
    return Key(values, keys)
