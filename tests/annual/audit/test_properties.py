"""What holds for any prose and any figures: the audit answers, quotes exactly, and is silent on what is right."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.strategies import valid_reports, valid_series
from gongkai.annual.audit import audit, audit_series
from gongkai.annual.audit.lexicon import SYMBOLS

FRAGMENTS = st.sampled_from(
    (
        *SYMBOLS,
        *"，。；、：（）()\n ０３％占共约",
        *(
            "2023年",
            "2024年度",
            "12件",
            "3 4",
            "5.40%",
            "1,234条",
            "1.9万余条",
            "二十三件",
            "三类",
            "一是",
            "二是",
            "三是",
        ),
        *(
            "其中",
            "日均",
            "100%",
            "均获维持",
            "零败诉",
            "〔2021〕30号",
            "H5",
            "截至11月",
            "统计期限自2024年1月1日至12月31日",
        ),
    )
)
PROSE = st.lists(FRAGMENTS, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(words=PROSE, title=PROSE, preamble=PROSE)
def test_any_prose_is_audited_and_quoted_exactly(builder, words, title, preamble):
    report = builder(say=words, preamble=preamble, texts={"其他需要报告的事项": title})
    printed = {cell.printed for cell in report.cells.values()}

    for finding in audit(report):
        assert finding.evidence in report.prose or finding.evidence in printed
        assert finding.message.endswith("。")


@settings(max_examples=60, deadline=None)
@given(generated=valid_reports())
def test_a_report_in_which_everything_is_right_has_no_error(generated):
    assert [finding.message for finding in audit(generated.report) if finding.severity == "error"] == []


@settings(max_examples=15, deadline=None)
@given(years=valid_series())
def test_years_that_carry_on_from_each_other_have_no_error(years):
    found = audit_series([generated.report for generated in years])

    assert [one.message for findings in found for one in findings if one.severity == "error"] == []


@settings(max_examples=25, deadline=None)
@given(generated=valid_reports("2021", "2019"), data=st.data())
def test_one_wrong_number_in_table_three_is_always_found(generated, data):
    keys = sorted(key for key in generated.report.cells if key.startswith("requests."))
    key = data.draw(st.sampled_from(keys))
    wrong = int(generated.report.value(key)) + data.draw(st.integers(1, 500))

    codes = {finding.code for finding in audit(generated.with_cells({key: str(wrong)}))}

    assert codes & {"row-sum", "column-sum", "balance"}
