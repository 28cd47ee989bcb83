"""An account."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs on. What the person may do is in ``Grant``; Django's own permissions are not used."""

    first_name = None
    last_name = None
    name = models.CharField("姓名", max_length=60)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)

    REQUIRED_FIELDS = ("name",)

    class Meta:
        """Options."""

        verbose_name = "账号"
        verbose_name_plural = "账号"

    def __str__(self) -> str:
        """Return the person's name."""
        return self.name or self.username

    def get_full_name(self) -> str:
        """Return the person's name."""
        return self.name

    def get_short_name(self) -> str:
        """Return the person's name."""
        return self.name
