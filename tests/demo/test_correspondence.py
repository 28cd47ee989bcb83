"""What the demonstration gives out as stamped is the letter."""

from datetime import date

import pytest
from pypdfium2 import PdfDocument

from applications.conftest import bureau, city, home, leaf, receive, signed_on, staff  # noqa: F401 -- fixtures
from applications.letters.conftest import approved, drafted, sealed, stationery  # noqa: F401 -- fixtures
from gongkai.demo.correspondence import stamped
from gongkai.files.domain import store

DAY = date(2024, 6, 5)


def read(data):
    """Return the text of each page, and how many pictures stand on it."""
    document = PdfDocument(data)
    pages = list(document)
    return [page.get_textpage().get_text_range() for page in pages], [
        len(list(page.get_objects(filter=[3]))) for page in pages
    ]


@pytest.mark.django_db
def test_the_stamped_copy_is_the_whole_letter_with_a_seal_on_its_last_page(receive, sealed):  # noqa: F811 -- fixtures
    letter = sealed(receive(DAY), "correction_notice", DAY, options={"period_days": 15})
    before, none = read(store.read(letter.pdf))
    after, seals = read(stamped(letter))
    assert after == before
    assert "".join(after).strip()
    assert not any(none)
    assert seals == [0] * (len(after) - 1) + [1]
