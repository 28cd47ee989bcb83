# ruff: noqa: INP001 -- scripts are run by path, not imported
"""Renew ``docs/assets/openapi.json``, the description of the API as programs read it.

    uv run python tools/build_openapi.py [--check]

With ``--check`` nothing is written; the status is 1 if it is not current.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "assets" / "openapi.json"


def main(arguments: list[str]) -> int:
    """Write the description; with ``--check`` compare it."""
    sys.path.insert(0, str(ROOT / "tests"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_settings")
    import django  # noqa: PLC0415 -- the settings come first

    django.setup()
    from gongkai.api.views import text  # noqa: PLC0415 -- the apps come first

    made = text()
    if arguments == ["--check"]:
        is_current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == made
        sys.stdout.write(f"openapi.json: {'current' if is_current else 'not current'}\n")
        return 0 if is_current else 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
