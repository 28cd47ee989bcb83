"""The published reports in ``../shared``: every error known to be in them is found, and no other error is."""

from pathlib import Path

import pytest

from gongkai.annual.audit import audit_series
from gongkai.annual.reader import read

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"
FILES = sorted(
    path
    for folder in ("seeds", "corpus")
    for path in (SHARED / folder).glob("*.*")
    if path.name != "README.md"
)  # fmt: skip
KNOWN = {
    "000": {("level", 38)},
    "001": {("narrative-table", 37), ("count-of-items", 10), ("percentage", "5.4"), ("percentage", "102.6")},
    "003": {
        ("flow-equals-stock", 1254),
        ("narrative-table", 616),
        ("narrative-table", 105),
        ("narrative-table", 83),
        ("narrative-sum", 6850),
    },
    "pingtan_2011": {("narrative-sum", 421), ("percentage", "98.9")},
    "pingtan_2013": {("narrative-table", 4970), ("narrative-table", 1), ("blank-cell", "空白")},
    "pingtan_2014": {("narrative-sum", 2641)},
    "pingtan_2016": {("cumulative", 0)},
    "pingtan_2019": {("narrative-sum", 2533)},
    "pingtan_2023": {("narrative-table", 393)},
    "pingtanxian_2012": {("column-sum", 2026), ("column-sum", 3542), ("narrative-sum", 3926), ("narrative-sum", 3978)},
    "shanghai_office_2019": {
        ("blank-cell", "空白"),
        ("narrative-table", 258),
        ("narrative-table", 265),
        ("narrative-table", 3),
        ("narrative-sum", 716),
        ("percentage", "33.9"),
    },
}
NOTED = {
    "000": {"flow-equals-stock", "typo", "period"},
    "001": {"typo"},
    "002": {"narrative-table", "typo", "relative-year", "implied-number"},
    "003": {"flow-equals-stock", "narrative-table", "period"},
    "004": {"outlier"},
    "hongze_2024": {"edition", "narrative-table"},
    "shuyang_2025": {"narrative-table"},
}

pytestmark = pytest.mark.skipif(not FILES, reason=f"the real reports are not at {SHARED}")


@pytest.fixture(scope="module")
def audited():
    reports = [read(path) for path in FILES]
    return {
        path.name.partition(".")[0] if path.parent.name == "corpus" else path.name[:3]: (report, findings)
        for path, report, findings in zip(FILES, reports, audit_series(reports), strict=True)
    }


def names():
    return [path.name.partition(".")[0] if path.parent.name == "corpus" else path.name[:3] for path in FILES]


def simple(number):
    return number if isinstance(number, int) else str(number)


@pytest.mark.parametrize("name", names())
def test_the_errors_known_are_found_and_no_others(audited, name):
    _, findings = audited[name]

    assert {(f.code, simple(f.found)) for f in findings if f.severity == "error"} == KNOWN.get(name, set())


@pytest.mark.parametrize("name", names())
def test_what_deserves_a_remark_gets_one(audited, name):
    _, findings = audited[name]

    assert {f.code for f in findings if f.severity != "error"} >= NOTED.get(name, set())


@pytest.mark.parametrize("name", names())
def test_evidence_is_an_exact_substring_of_the_report(audited, name):
    report, findings = audited[name]
    printed = {cell.printed for cell in report.cells.values()} | {row.printed for row in report.unreadable.values()}

    assert [f.evidence for f in findings if f.evidence not in report.prose and f.evidence not in printed] == []


def test_a_cumulative_number_that_fell_names_the_year_before(audited):
    _, findings = audited["pingtan_2016"]

    assert {Path(f.against).name for f in findings if f.code == "cumulative"} == {"pingtan_2015.txt"}
