"""The description: current in the repository, and true of every answer to whatever is asked."""

from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from gongkai.api.service import schema
from gongkai.api.views import text
from gongkai.indexing import building

SNAPSHOT = Path(__file__).parents[2] / "docs" / "assets" / "openapi.json"
PATHS = sorted(schema()["paths"])
TRUE = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


def test_the_description_in_the_repository_is_current():
    assert SNAPSHOT.read_text(encoding="utf-8") == text(), "uv run python tools/build_openapi.py"


def test_every_operation_is_described_with_its_refusals():
    assert schema()["openapi"].startswith("3.1")
    for path, methods in schema()["paths"].items():
        assert set(methods) == {"get"}
        operation = methods["get"]
        assert {"422", "429", "500"} <= set(operation["responses"]), path
        assert all(one["description"] for one in operation["parameters"]), path
        assert operation["summary"], path
        assert operation["description"], path


@pytest.fixture
def described(db):
    """The description as it is given out, and the site behind it, in the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def tried(operation, mode, wanted, examples):
    """Ask an operation what the description allows, or what it forbids, and hold each answer against it."""

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case):
        case.validate_response(case.call(), checks=wanted)

    asked()


@pytest.mark.no_cover  # hundreds of requests at random
@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_whatever_the_description_allows_is_answered_as_it_says(described, every_stage, path):
    if path.endswith("/search/"):
        building.rebuild()
    # A cursor of the right letters that this site never gave is refused all the same.
    accepted = [] if "cursor" in str(described[path]["GET"].definition.raw) else [checks.positive_data_acceptance]
    tried(described[path]["GET"], GenerationMode.POSITIVE, TRUE + accepted, 15)


@pytest.mark.no_cover  # hundreds of requests at random
@pytest.mark.django_db
@pytest.mark.parametrize("path", [path for path in PATHS if schema()["paths"][path]["get"]["parameters"]])
def test_whatever_the_description_forbids_is_refused_as_it_says(described, every_stage, path):
    if path.endswith("/search/"):
        building.rebuild()
    tried(described[path]["GET"], GenerationMode.NEGATIVE, [*TRUE, checks.negative_data_rejection], 15)
