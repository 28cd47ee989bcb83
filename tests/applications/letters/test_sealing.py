"""Numbers without gaps, the register of the seal, seals of paper and electronic ones."""

import threading
from datetime import date

import pytest
from django.db import connection

from gongkai.applications.domain import letters, letters_sealing, letters_sending
from gongkai.applications.domain.identity import Identity
from gongkai.applications.domain.stationery import add_wording, set_stationery
from gongkai.applications.errors_letters import (
    ContentChangedError,
    NumberingError,
    SealMissingError,
    UnprintableError,
    WordingRefusedError,
)
from gongkai.applications.models import (
    FixedWordingError,
    Letter,
    LetterState,
    LetterWording,
    SealEntry,
    SealRegisterError,
    Serial,
)
from gongkai.applications.queries.letters import missing_numbers
from gongkai.applications.seals import registry
from gongkai.applications.seals.memory import MemorySeal
from gongkai.files.domain import store

DAY = date(2024, 2, 19)


@pytest.mark.django_db
def test_a_letter_without_the_word_of_its_office_gets_no_number(receive, approved, staff):
    letter = approved(receive(), "extension_notice", DAY)
    with pytest.raises(NumberingError, match="机关代字"):
        letters_sealing.seal(letter=letter, user=staff.head, today=DAY)


@pytest.mark.django_db
def test_each_class_is_numbered_by_itself_and_a_void_number_is_not_given_again(
    receive, approved, staff, bureau, stationery
):
    def seal(kind, **more):
        letter = approved(receive(), kind, DAY, **more)
        return letters_sealing.seal(letter=letter, user=staff.head, today=DAY)

    first = seal("extension_notice")
    letters_sealing.void(letter=first, user=staff.head, today=DAY, reason="有误")
    assert [seal("extension_notice").number, seal("granted").number, seal("reasons_request").number] == [
        "岚水公开告〔2024〕2号",
        "岚水公开复〔2024〕1号",
        "岚水公开告〔2024〕3号",
    ]
    assert missing_numbers(bureau, 2024) == []
    assert SealEntry.objects.get(act="voided").letter == first


@pytest.mark.django_db
def test_a_transaction_that_fails_gives_the_number_back(receive, approved, staff, stationery):
    odd = Identity(name="张㼆", proof="id_card", proof_number="1", telephone="13800001234", address="滨海路8号")
    letter = approved(receive(applicants=[odd]), "extension_notice", DAY)
    with pytest.raises(UnprintableError, match="㼆"):
        letters_sealing.seal(letter=letter, user=staff.head, today=DAY)
    assert Letter.objects.get().state == LetterState.APPROVED
    other = approved(receive(), "extension_notice", DAY)
    assert letters_sealing.seal(letter=other, user=staff.head, today=DAY).number == "岚水公开告〔2024〕1号"


@pytest.mark.django_db
def test_a_receipt_bears_the_number_of_its_case_and_needs_no_review(receive, drafted, staff):
    application = receive()
    letter = drafted(application, "registration_receipt", DAY)
    letter = letters.submit(letter=letter, user=staff.handler, today=DAY)
    letter = letters_sealing.seal(letter=letter, user=staff.handler, today=DAY)
    assert letter.number == application.number


@pytest.mark.django_db(transaction=True)
def test_eight_who_seal_at_once_get_eight_numbers_without_a_gap(receive, approved, staff, stationery):
    waiting = [approved(receive(), "extension_notice", DAY) for _ in range(8)]
    together = threading.Barrier(8)
    refused = []

    def seal(letter):
        together.wait()
        try:
            letters_sealing.seal(letter=letter, user=staff.head, today=DAY)
        except Exception as error:  # noqa: BLE001 -- whatever it is must be seen by the test
            refused.append(error)
        finally:
            connection.close()

    sealers = [threading.Thread(target=seal, args=(letter,)) for letter in waiting]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    assert refused == []
    assert sorted(Letter.objects.values_list("number", flat=True)) == sorted(
        f"岚水公开告〔2024〕{number}号" for number in range(1, 9)
    )
    assert Serial.objects.get(key__startswith="letter:").last == 8


@pytest.mark.django_db
def test_what_was_sealed_renders_the_same_whatever_the_wording_becomes(
    receive, approved, staff, bureau, stationery, drafted
):
    waiting = approved(receive(), "extension_notice", DAY)
    letter = letters_sealing.seal(letter=approved(receive(), "extension_notice", DAY), user=staff.head, today=DAY)
    before = (letter.wording, letters.frozen(letter), store.read(letter.pdf))
    add_wording(
        unit=bureau,
        regulation="2019",
        kind="extension_notice",
        paragraphs=["{receipt}。", "因{reason}，经{approver}同意，将于{new_due}前答复。"],
        valid_from=DAY,
        user=staff.head,
        today=DAY,
    )
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.wording, letters.frozen(letter), store.read(letter.pdf)) == before
    with pytest.raises(ContentChangedError, match="作废本件"):
        letters_sealing.seal(letter=waiting, user=staff.head, today=DAY)
    fresh = drafted(receive(), "extension_notice", DAY)
    fresh = letters.submit(letter=fresh, user=staff.handler, today=DAY)
    assert (before[0], fresh.wording) == ("2019-1", "HL-012-1")


@pytest.mark.django_db
def test_wordings_and_the_register_of_the_seal_are_only_added_to(receive, sealed, staff, bureau):
    sealed(receive(), "extension_notice", DAY)
    with pytest.raises(SealRegisterError):
        SealEntry.objects.first().delete()
    made = add_wording(
        unit=bureau,
        regulation="2019",
        kind="other_handling",
        paragraphs=["{reason}"],
        valid_from=DAY,
        user=staff.head,
        today=DAY,
    )
    made.paragraphs = ["另一种写法{reason}"]
    with pytest.raises(FixedWordingError):
        made.save()
    with pytest.raises(WordingRefusedError, match="已经过去"):
        add_wording(
            unit=bureau,
            regulation="2019",
            kind="other_handling",
            paragraphs=["{reason}"],
            valid_from=date(2024, 2, 1),
            user=staff.head,
            today=DAY,
        )
    assert LetterWording.objects.count() == 1


@pytest.mark.django_db
def test_a_pattern_whose_numbers_cannot_be_read_back_is_refused(bureau, staff):
    for more in ({"pattern": "{agency}{year}号"}, {"pattern": "{agency}{kind}{n}号"}):
        with pytest.raises(NumberingError):
            set_stationery(unit=bureau, user=staff.head, today=DAY, agency_word="岚水", **more)


@pytest.fixture
def port(settings):
    """Connect a seal that keeps what it sealed."""
    seal = MemorySeal()
    registry.register("memory", lambda: seal)
    settings.SEAL = "memory"
    return seal


@pytest.mark.django_db
def test_an_electronic_seal_goes_with_the_number_and_the_letter_can_leave_at_once(
    receive, approved, staff, stationery, port
):
    letter = approved(receive(), "extension_notice", DAY, mode="electronic")
    letter = letters_sealing.seal(letter=letter, user=staff.head, today=DAY, medium="electronic")
    assert port.sealed == [("HL-012", "岚水公开告〔2024〕1号")]
    assert store.read(letter.sealed_copy).startswith(store.read(letter.pdf))
    letters_sending.send(letter=letter, day=DAY, user=staff.handler, today=DAY)
    assert Letter.objects.get().state == LetterState.SENT


@pytest.mark.django_db
def test_without_a_seal_connected_only_paper_is_stamped(receive, approved, staff, stationery, settings):
    settings.SEAL = ""
    letter = approved(receive(), "extension_notice", DAY)
    with pytest.raises(SealMissingError, match="没有接入电子印章"):
        letters_sealing.seal(letter=letter, user=staff.head, today=DAY, medium="electronic")
    assert Serial.objects.filter(key__startswith="letter:").count() == 0
