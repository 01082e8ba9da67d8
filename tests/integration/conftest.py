"""One cache for all processes: the graphs of the carried model are made once, as on a user's machine."""

import pytest


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def use_shared_cache(own_folders, shared_cache, monkeypatch):
    monkeypatch.setenv("AVATARIFY_CACHE", str(shared_cache))
