"""One cache for all tests of a module: graphs are made once, as on a user's machine."""

import pytest


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(folder))  # for fixtures of the module
        yield folder


@pytest.fixture(autouse=True)
def use_cache(own_folders, cache, monkeypatch):
    monkeypatch.setenv("AVATARIFY_CACHE", str(cache))
