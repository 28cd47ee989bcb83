"""The decision of a reconsideration lies in the volume of its application, and is exported with it."""

import io
import zipfile
from datetime import date

import pytest

from applications.conftest import TODAY
from gongkai.applications.domain import archiving, closing
from gongkai.files.domain import store

pytestmark = pytest.mark.django_db


def test_the_documents_of_a_remedy_are_pieces_of_the_volume(answered, contest, happen, staff):
    application = answered()
    remedy = contest(application)
    decision = store.keep(data="复议决定书".encode(), name="决定书.txt")
    happen(remedy, "decided", date(2024, 5, 6), result="upheld", evidence=decision, evidence_name="复议决定书.txt")
    closing.explain(application=application, user=staff.handler, today=TODAY, note="原件在档案室")
    volume = archiving.close(case=application, user=staff.handler, today=TODAY)
    titles = {piece["title"]: piece for piece in volume.catalogue}
    piece = titles["行政复议：复议决定书.txt"]
    assert (piece["day"], piece["digest"]) == ("2024-05-06", decision.digest)
    packed = zipfile.ZipFile(io.BytesIO(archiving.export(volume=volume, user=staff.head, today=TODAY)))
    assert packed.read(f"{piece['number']:03d}.text").decode() == "复议决定书"
