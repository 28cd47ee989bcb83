"""Processes of their own that work on the database of the test."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def environment(**more):
    """Return the environment of an installation that lies on the test's database and data directory."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        options = connection.settings_dict.get("OPTIONS", {})
        given = {key.lower(): connection.settings_dict[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
        given = {key: str(value) for key, value in given.items() if value}
        host = given.get("host") or options.get("host", "")
        user = ":".join(quote(given[key]) for key in ("user", "password") if key in given)
        url = f"postgresql://{user}@/{name}?host={quote(host, safe='/')}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongkai.site.settings",
        "GONGKAI_HOME": str(settings.HOME),
        "GONGKAI_DATABASE_URL": url,
        "GONGKAI_HTTPS": "no",
        "PYTHONUTF8": "1",
        **more,
    }


@contextmanager
def gongkai(*words, **more):
    """Run the command ``gongkai`` beside the test, both of its streams in one.

    Neither it nor what it started outlives the block.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "gongkai", *words],
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def ended(*words, **more):
    """Return the status and what was said of the command ``gongkai``, once it ended by itself."""
    with gongkai(*words, **more) as process:
        said, _ = process.communicate(timeout=120)
        return process.returncode, said
