from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def terminal_of_110_columns(monkeypatch):
    """Whatever runs the tests may have a terminal of its own; what is printed must not depend on it."""
    monkeypatch.setenv("COLUMNS", "110")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
