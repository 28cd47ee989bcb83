"""Pages of the intake as a browser without scripts meets them."""

import re
from hashlib import sha256
from html import unescape

from gongkai.intake import tickets
from intake.conftest import CARD

FILLED = {
    "title": "2023年河道采砂许可台账",
    "applicant_kind": "natural_person",
    "name": "张晓岚",
    "proof": "id_card",
    "proof_number": "11010519491231002X",
    "telephone": "13800001234",
    "delivery_form": "any",
    "delivery_way": "online",
}


def worked_out(ticket):
    """Do the work that the script does."""
    nonce = 0
    while int.from_bytes(sha256(f"{ticket}:{nonce}".encode()).digest()[:4]) >> (32 - tickets.WORK_BITS):
        nonce += 1
    return str(nonce)


def hidden(answer, name):
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    return unescape(found[1])


def answered(ticket):
    """Return the two fields of somebody who answers the sum."""
    return {"sum": str(sum(tickets._summands(tickets.opened(ticket).name)))}


def words(answer):
    """Return what stands on a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


__all__ = ["CARD", "FILLED", "answered", "hidden", "words", "worked_out"]
