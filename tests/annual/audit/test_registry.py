import string

import pytest

from gongkai.annual.audit import RULES
from gongkai.annual.finding import SEVERITIES, Finding

CONTRACT = {
    "row-sum", "column-sum", "balance", "remedy-sum", "level", "carry-over", "stock-flow", "cumulative", "blank-cell",
    "missing-section", "period", "narrative-table", "narrative-sum", "percentage", "count-of-items",
    "flow-equals-stock", "edition", "unit", "outdated-law", "similar-to-last-year", "typo",
    "duplicate-report", "relative-year",
}  # fmt: skip
ERRORS = (
    "row-sum column-sum balance remedy-sum level carry-over cumulative blank-cell missing-section narrative-sum "
    "count-of-items"
)


def test_every_code_of_the_contract_has_a_rule():
    assert {rule.code for rule in RULES.values()} >= CONTRACT


@pytest.mark.parametrize("code", ERRORS.split())
def test_rules_that_the_contract_calls_errors_are_errors_by_default(code):
    severities = {rule.severity for rule in RULES.values() if rule.code == code}

    assert severities == {"error"}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_what_why_and_what_to_do(rule):
    assert rule.severity in SEVERITIES
    assert rule.scope in {"report", "pair", "series"}
    assert all((rule.title, rule.formula, rule.message, rule.source, rule.action))
    assert not rule.message.endswith("。")


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_finding_fills_every_field_of_the_template(rule):
    names = {name for _, name, _, _ in string.Formatter().parse(rule.message) if name}
    known = {"expected", "found", "evidence", "against"}
    finding = rule.finding(**dict.fromkeys(names, "甲"), note="；乙")

    assert finding.message.endswith(f"；乙。依据：{rule.source}。{rule.action}。")
    assert finding.rule == rule.id
    assert (finding.expected == "甲") == ("expected" in names & known)


def test_the_fingerprint_does_not_depend_on_the_wording_or_on_folders():
    one = Finding("unit", "warning", "甲", ("a.b",), 1, 2, "收 费", against="/x/2023.html", rule="B8")
    other = Finding("unit", "error", "乙", ("a.b",), 1, 2, "收费", against="/y/2023.html", rule="B8")

    assert one.fingerprint == other.fingerprint
    assert len(one.fingerprint) == 16


@pytest.mark.parametrize(
    "change",
    [
        Finding("unit", "warning", "甲", ("a.c",), 1, 2, rule="B8"),
        Finding("unit", "warning", "甲", ("a.b",), 1, 3, rule="B8"),
        Finding("unit", "warning", "甲", ("a.b",), 1, 2, "收费", rule="B8"),
        Finding("unit", "warning", "甲", ("a.b",), 1, 2, rule="B9"),
        Finding("unit", "warning", "甲", ("a.b",), 1, 2, rule="B8", against="2023.html"),
    ],
)
def test_the_fingerprint_changes_with_cells_figures_words_rule_and_file(change):
    assert change.fingerprint != Finding("unit", "warning", "甲", ("a.b",), 1, 2, rule="B8").fingerprint
