"""The description: current in the repository, true of every answer, and readable."""

import shutil
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings as installed
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from builders.browser import browser_of
from gongkai.api.service import schema
from gongkai.api.views import text

SNAPSHOT = Path(__file__).parents[2] / "docs" / "assets" / "openapi.json"


def test_the_description_in_the_repository_is_current():
    assert SNAPSHOT.read_text(encoding="utf-8") == text(), "uv run python tools/build_openapi.py"


def test_every_operation_is_described_in_chinese_with_its_refusals():
    assert schema()["openapi"].startswith("3.1")
    for path, methods in schema()["paths"].items():
        assert set(methods) == {"get"}
        operation = methods["get"]
        assert {"422", "429", "500"} <= set(operation["responses"]), path
        assert all(one["description"] for one in operation["parameters"]), path
        assert operation["summary"], path
