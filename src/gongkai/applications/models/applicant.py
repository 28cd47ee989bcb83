"""Who applies: sealed at rest, shown masked, looked up by blind index."""

from __future__ import annotations

from django.db import models

from gongkai.applications.models.application import Application
from gongkai.applications.models.sealed import SealedPerson


class Applicant(SealedPerson):
    """One applicant; joint applicants are several of one application, which counts once.

    ``position`` is 0 for whom letters are addressed to. A proxy (委托代理人) has ``is_proxy``, and ``has_authority``
    once the paper is on file.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="applicants", verbose_name="申请"
    )
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta:
        """Options."""

        ordering = ("is_proxy", "position")
        verbose_name = "申请人"
        verbose_name_plural = "申请人"
        indexes = (
            models.Index(fields=("name_index",), name="applicant_name"),
            models.Index(fields=("number_index",), name="applicant_number"),
            models.Index(fields=("telephone_index",), name="applicant_telephone"),
        )

    def __str__(self) -> str:
        """Return the number of the application: a name is never shown by accident."""
        return f"{self.application_id}:{self.position}"
