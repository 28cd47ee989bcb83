"""Whole sets: complete, harmless, current, and sent in bounded memory."""

import csv
import io
import json
import tracemalloc
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from builders.city import unit
from builders.editions import edition, figures
from gongkai.api import datasets
from gongkai.decisions.models import DecisionState
from gongkai.records.models import IndexAlias, Record, Stage, Validity, Version
from gongkai.windows import remembered

pytestmark = pytest.mark.django_db


def taken(client, name):
    return b"".join(client.get(f"/api/v1/datasets/{name}").streaming_content)


def table(client, name):
    return list(csv.DictReader(io.StringIO(taken(client, name).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", list(datasets.SETS))
def test_the_manifest_leads_to_every_set_and_counts_it(client, every_stage, ask, name):
    (found,) = [one for one in ask("datasets/")["items"] if one["name"] == name]
    addresses = {one["format"]: one["address"] for one in found["downloads"]}
    lines = b"".join(client.get(addresses["jsonl"]).streaming_content).splitlines()
    assert len(lines) == found["rows"] > 0
    whole = b"".join(client.get(addresses["json"]).streaming_content)
    assert json.loads(whole) == [json.loads(line) for line in lines]
    response = client.get(addresses["csv"])
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"), newline="")))
    assert rows[0] == [column["caption"] for column in found["columns"]]
    assert response["Content-Disposition"].startswith(f'attachment; filename="{name}-')


def test_an_array_is_one_however_many_pieces_it_is_sent_in(client, publish, monkeypatch):
    assert taken(client, "records.json") == b"[]\n"
    monkeypatch.setattr(datasets, "BATCH", 2)
    for number in range(5):
        publish(f"第{number}号通知")
    assert [one["title"] for one in json.loads(taken(client, "records.json"))] == [
        f"第{number}号通知" for number in range(5)
    ]


def test_a_table_opens_in_spreadsheet_programs_and_computes_nothing(client, publish):
    publish('=HYPERLINK("http://example.org")', summary="含逗号,和\n换行")
    assert taken(client, "records.csv").startswith(b"\xef\xbb\xbf")
    (row,) = table(client, "records.csv")
    assert row["标题"] == '\'=HYPERLINK("http://example.org")'
    assert row["内容概述"] == "含逗号,和\n换行"
    assert row["有效性"] == "有效"


def test_lines_hold_the_text_without_what_could_run(client, publish):
    publish(body="<p>正文<script>alert(1)</script></p>", validity_since=date(2024, 6, 1))
    (line,) = taken(client, "records.jsonl").splitlines()
    found = json.loads(line)
    assert found["body"].startswith("<p>正文")
    assert "script" not in found["body"]
    assert found["validity_since"] == "2024-06-01"


def test_a_report_becomes_a_row_for_each_cell_of_its_last_version(client, city):
    first = edition(figures(requests__received__total=3))
    edition(figures(requests__received__total=4), version=2, replaces=first, notice="数字有误")
    rows = {row["单元格"]: row for row in table(client, "annual-reports.csv")}
    assert rows["requests.received.total"]["数"] == "4"
    assert {row["版本"] for row in rows.values()} == {"2"}


def test_whoever_has_the_set_already_gets_it_no_second_time(client, publish):
    publish()
    etag = client.get("/api/v1/datasets/records.csv")["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/api/v1/datasets/records.csv", headers={"if-none-match": etag}).status_code == 304
    assert len(queries) <= 4
    assert client.get("/api/v1/datasets/records.jsonl")["ETag"] != etag


def changes(record, user):
    """Every way in which a published record changes, or another comes."""
    return {
        "withdrawn": lambda: Record.objects.filter(pk=record.pk).update(stage=Stage.WITHDRAWN, withdrawn_reason="误"),
        "corrected": lambda: Version.objects.create(
            record=record, number=2, occasion="发布", made_by=user, snapshot={}, digest="1" * 64
        ),
        "repealed": lambda: Record.objects.filter(pk=record.pk).update(
            validity=Validity.REPEALED, validity_since=date(2024, 8, 1)
        ),
        "re-coded": lambda: IndexAlias.objects.create(record=record, number="HL00-旧"),
        "to expire": lambda: Record.objects.filter(pk=record.pk).update(expires_on=date(2029, 1, 1)),
    }


@pytest.mark.parametrize("how", list(changes(None, None)))
def test_the_digest_of_the_records_changes_with_each_of_them(city, publish, how):
    record = publish()
    publish("另一件")
    before = datasets.SETS["records"].state()
    assert datasets.SETS["records"].state() == before
    changes(record, city.user)[how]()
    assert datasets.SETS["records"].state().digest != before.digest


def test_the_digest_changes_with_what_is_published_and_not_with_a_draft(publish):
    before = datasets.SETS["records"].state()
    publish(stage=Stage.DRAFT)
    assert datasets.SETS["records"].state() == before
    publish()
    after = datasets.SETS["records"].state()
    assert (after.rows, after.digest == before.digest) == (1, False)


def test_the_digests_of_decisions_reports_and_units_change_with_them(city, decide):
    made = decide()
    first = edition(figures())
    before = {name: found.state().digest for name, found in datasets.SETS.items()}
    made.state, made.state_on = DecisionState.ANNULLED, date(2024, 8, 1)
    made.save()
    assert datasets.SETS["decisions"].state().digest != before["decisions"]
    edition(figures(), version=2, replaces=first, notice="数字有误")
    assert datasets.SETS["annual-reports"].state().digest != before["annual-reports"]
    assert datasets.SETS["units"].state().digest == before["units"]

    unit("HL-N", "新设的局", parent=city.government)
    remembered.forget()
    assert datasets.SETS["units"].state().digest != before["units"]


def test_a_withdrawal_during_a_download_is_already_left_out(client, city, publish, monkeypatch):
    monkeypatch.setattr(datasets, "BATCH", 2)
    records = [publish(f"第{number}件") for number in range(6)]
    pieces = client.get("/api/v1/datasets/records.jsonl").streaming_content
    seen = next(pieces)
    Record.objects.filter(pk=records[5].pk).update(stage=Stage.WITHDRAWN, withdrawn_reason="误")
    seen += b"".join(pieces)
    assert [json.loads(line)["title"] for line in seen.splitlines()] == [f"第{number}件" for number in range(5)]


def test_a_set_is_sent_in_bounded_memory(client, city):
    body = f"<p>{'公开' * 2000}</p>"
    Record.objects.bulk_create(
        Record(
            unit=city.water,
            author=city.user,
            category="document",
            title=f"第{number}件",
            index_number=f"HL01-{number}",
            made_on=date(2024, 5, 20),
            published_on=date(2024, 5, 20),
            attribute="proactive",
            stage=Stage.PUBLISHED,
            body=body,
        )
        for number in range(1600)
    )
    pieces = client.get("/api/v1/datasets/records.jsonl").streaming_content
    next(pieces)
    tracemalloc.start()
    size = sum(len(piece) for piece in pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 16 << 20
    assert peak < 11 << 20
