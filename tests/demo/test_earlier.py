"""The reports of the years before the one that the city compiles."""

from gongkai.annual import jsonio
from gongkai.annual.audit import audit_series
from gongkai.demo import cases, earlier
from gongkai.demo.sizes import SIZES


def test_the_city_s_own_years_are_in_order_and_lead_up_to_the_one_it_compiles():
    first, second = (jsonio.load(one.report) for one in earlier.earlier())
    assert audit_series([first, second]) == ((), ())
    assert second.value("requests.carried_out.total") == cases.data()["year"]["carried_in"]
    assert second.value("proactive.normative_documents.in_force") == SIZES["full"].before
    years = cases.data()["before"]["years"]
    assert [one.value("requests.received.total") for one in (first, second)] == [years["2022"], years["2023"]]
