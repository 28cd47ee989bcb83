"""The page that describes the API to people."""

import pytest
from django.urls import reverse

from gongkai.api.service import schema

pytestmark = pytest.mark.django_db


def test_every_operation_stands_on_the_page_with_its_parameters_and_fields(client, settings):
    settings.API_LIMIT = (200, 5.0)
    words = client.get("/api/").content.decode()
    for path, methods in schema()["paths"].items():
        operation = methods["get"]
        assert f"<code>{path}</code>" in words
        assert operation["summary"] in words
        assert all(f"<code>{one['name']}</code>" in words for one in operation["parameters"])
    assert "items[].document_number" in words
    assert "连续请求 200 次，之后每秒 5 次" in words
    assert "http://" not in words.replace("http://www.w3.org", "")


def test_the_examples_name_the_address_of_the_site(client, settings):
    settings.SITE = settings.SITE | {"address": "https://www.hailan.example"}
    assert "https://www.hailan.example/api/v1/records/?category=normative" in client.get("/api/").content.decode()


def test_the_examples_work(client, publish):
    publish()
    for path in ("records/?category=normative&validity=in_force&limit=5", "statistics/records/?by=year"):
        assert client.get(f"/api/v1/{path}").status_code == 200


def test_the_map_of_the_site_leads_there(client):
    assert f'href="{reverse("api:home")}"' in client.get(reverse("portal:sitemap")).content.decode()


def test_programs_read_the_same_description(client):
    assert client.get("/api/openapi.json").json() == schema()
