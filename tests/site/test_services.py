"""The two sides as processes of their own: each answers for itself, and links to the other by its full address."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

from gongkai.accounts.visitor import address_of
from jobs.processes import ended

ROOT = Path(__file__).parents[2] / "src" / "gongkai"
PUBLIC = {
    pattern.namespace
    for pattern in get_resolver("gongkai.site.urls_portal").url_patterns
    if isinstance(pattern, URLResolver) and pattern.namespace
}


def test_pages_of_the_office_reach_public_pages_by_their_own_site_alone():
    """There is no such name where the process serves the office alone: ``{% public_address %}`` is the way."""
    name = re.compile(r"""(?:\{% url|reverse\(|redirect\()\s*["'](\w+):""")
    public = re.compile(r"public|/portal/|/api/")
    wrong = {
        path.relative_to(ROOT).as_posix(): found
        for path in ROOT.rglob("*")
        if path.suffix in {".py", ".html"} and not public.search(path.as_posix())
        for found in [set(name.findall(path.read_text(encoding="utf-8"))) & PUBLIC]
        if found
    }
    assert {"portal", "reports"} <= PUBLIC
    assert wrong == {}


@pytest.mark.parametrize(
    ("service", "expected"),
    [("all", "/reports/jia/2024/"), ("office", "https://www.example.gov.cn/reports/jia/2024/")],
)
def test_the_office_links_to_the_public_site(settings, service, expected):
    settings.SERVICE, settings.ROOT_URLCONF = service, f"gongkai.site.urls_{service}"
    settings.SITE = settings.SITE | {"address": "https://www.example.gov.cn/"}
    page = Template("{% load office %}{% public_address 'reports:report' 'jia' 2024 %}")
    assert page.render(Context()) == expected


@pytest.mark.django_db(transaction=True)
def test_commands_of_the_office_are_refused_with_the_settings_of_the_public_side():
    for command in (["migrate"], ["worker", "--once"], ["verify-log"], ["roles"], ["backup", "/tmp"]):
        status, said = ended(*command, GONGKAI_SERVICE="portal")
        assert (status, "请用工作台的设置（GONGKAI_SERVICE=office）" in said) == (1, True), said


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("service", "is_asked"), [("portal", False), ("office", True)])
def test_the_public_side_starts_without_what_the_sign_on_needs(service, is_asked):
    _, said = ended("check", GONGKAI_SERVICE=service, GONGKAI_OIDC_SERVER="https://id.example.gov.cn")
    assert ("缺少 GONGKAI_OIDC_CLIENT" in said) is is_asked, said


def test_a_service_that_does_not_exist_is_refused():
    status, said = ended("check", GONGKAI_SERVICE="both")
    assert (status, "GONGKAI_SERVICE 是“both”，只能是 all、office、portal 之一" in said) == (1, True)


@pytest.mark.parametrize(
    ("trusted", "said", "expected"),
    [
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_a_visitor_comes_from_where_the_trusted_proxy_says_and_nobody_else(settings, trusted, said, expected):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if trusted else None
    headers = {"X-Forwarded-For": said} if said else {}
    assert address_of(RequestFactory().get("/", headers=headers)) == expected
