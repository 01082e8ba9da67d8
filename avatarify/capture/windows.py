"""What Windows reports about permission to use cameras, and their current users: the consent store of the registry."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_STORE = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"
_DESKTOP = "NonPackaged"  # programs from outside the Store; each has a key named after its file


@dataclass(frozen=True)
class RegistryKey:
    """A registry key: its values and its subkeys."""

    values: Mapping[str, object] = field(default_factory=dict)
    keys: Mapping[str, RegistryKey] = field(default_factory=dict)


def consent_store(registry: Any = None) -> RegistryKey:
    """Read the user's consent store; an empty key if there is none, as on other systems.

    Args:
        registry: The module ``winreg``, or an object with the same interface.
    """
    try:
        winreg = registry or importlib.import_module("winreg")
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _STORE) as handle:
            return _read(winreg, handle)
    except (ImportError, OSError):
        return RegistryKey()


def denied(store: RegistryKey) -> bool:
    """Return whether Windows denies desktop programs access to cameras."""
    desktop = store.keys.get(_DESKTOP, RegistryKey())
    return "Deny" in (store.values.get("Value"), desktop.values.get("Value"))


def users(store: RegistryKey) -> dict[str, tuple[str, ...]]:
    """Return the programs that use a camera now, under an empty path: Windows does not report which camera."""
    names = tuple(sorted({name for name, key in _programs(store) if _in_use(key)}))
    return {"": names} if names else {}


def _programs(store: RegistryKey) -> Iterator[tuple[str, RegistryKey]]:
    own = sys.executable.replace("\\", "#").casefold()
    for name, key in store.keys.items():
        if name != _DESKTOP:
            yield name.split("_")[0], key
    for name, key in store.keys.get(_DESKTOP, RegistryKey()).keys.items():
        if name.casefold() != own:
            yield name.rsplit("#", 1)[-1], key


def _in_use(key: RegistryKey) -> bool:
    """Return whether a program uses a camera now: its end time is 0 until it stops."""
    return bool(key.values.get("LastUsedTimeStart")) and key.values.get("LastUsedTimeStop") == 0


def _read(winreg: Any, handle: Any) -> RegistryKey:
    key_count, value_count, _ = winreg.QueryInfoKey(handle)
    values = dict(winreg.EnumValue(handle, number)[:2] for number in range(value_count))
    keys = {}
    for name in [winreg.EnumKey(handle, number) for number in range(key_count)]:
        with winreg.OpenKey(handle, name) as below:
            keys[name] = _read(winreg, below)
    return RegistryKey(values, keys)
