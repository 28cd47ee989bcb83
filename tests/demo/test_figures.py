from collections import Counter
from random import Random

from gongkai.demo import figures
from gongkai.demo.city import city, trades
from gongkai.demo.sizes import SIZES

SMALL = SIZES["small"]
SLUGS = {place.code: place.slug for place in city().places}
MATTERS = {"行政许可": "permits", "行政处罚": "penalties", "行政强制": "coercions"}


def test_every_department_decides_on_the_matters_of_its_trade():
    rows = figures.decisions(city(), SMALL, Random(5))[1:]
    assert Counter(row[1] for row in rows) == {
        "行政许可": SMALL.permits,
        "行政处罚": SMALL.penalties,
        "行政强制": SMALL.coercions,
    }
    foreign = {
        (SLUGS[code], item)
        for code, kind, *_, item, _, _ in rows
        if item not in trades()[SLUGS[code]].get(MATTERS[kind], ())
    }
    assert not foreign
    assert {"xinfang", "shenji"}.isdisjoint(SLUGS[row[0]] for row in rows)


def test_every_charge_is_that_of_the_department_which_takes_it():
    rows = figures.charges(city(), SMALL, Random(5))[1:]
    assert {item: SLUGS[code] for code, _, item, _ in rows} == trades()["charges"]


def test_what_is_drawn_after_the_decisions_does_not_hang_on_the_trades(monkeypatch):
    random = Random(5)
    figures.decisions(city(), SMALL, random)
    other = Random(5)
    everything = [place.slug for place in city().places]
    same = {"permits": ["甲"], "penalties": ["乙"], "coercions": ["丙"]}
    monkeypatch.setattr(figures, "trades", lambda: dict.fromkeys(everything, same))
    figures.decisions(city(), SMALL, other)
    assert random.random() == other.random()
