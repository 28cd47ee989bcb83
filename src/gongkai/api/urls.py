"""Addresses of the API. Those of a version do not change."""

from django.urls import URLPattern, include, path, re_path

from gongkai.api import views
from gongkai.api.door import opened
from gongkai.api.service import api, parameters

COSTS = {
    "dataset": 20,
    "datasets": 5,
    "annual_reports_statistics": 5,
    "records_statistics": 5,
    "decisions_statistics": 5,
}
"""Tokens that an answer takes, where it takes more than one."""


def _opened(pattern: URLPattern) -> URLPattern:
    view = opened(pattern.callback, parameters()[pattern.name], COSTS.get(pattern.name, 1))
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


app_name = "api"
urlpatterns = [
    path("", views.home, name="home"),
    path("openapi.json", opened(views.openapi), name="openapi"),
    path("v1/", include([_opened(pattern) for pattern in api.urls[0] if pattern.name != "api-root"])),
    re_path(r"^(?P<rest>.*)$", opened(views.nothing, None), name="nothing"),
]
