"""Both sides in one process, as the demonstration and a small town run them."""

from __future__ import annotations

from gongkai.site import urls_office, urls_portal

urlpatterns = [*urls_office.urlpatterns, *urls_portal.urlpatterns]

handler404 = "gongkai.site.errors.missing"
handler500 = "gongkai.site.errors.broken"
