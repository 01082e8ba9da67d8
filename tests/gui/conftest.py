"""Fixtures of the window; where Qt cannot be loaded, each file of tests is skipped by the conftest above."""

from helpers.system_libraries import qt_error, reason_to_skip

if not reason_to_skip(qt_error()):
    from helpers.window_fixtures import cache, live, nothing_left, open_app, portraits, screen, studio, until

    __all__ = ["cache", "live", "nothing_left", "open_app", "portraits", "screen", "studio", "until"]
