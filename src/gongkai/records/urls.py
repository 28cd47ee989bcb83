"""Addresses of the register's pages."""

from django.urls import include, path

from gongkai.records.views import acts, attachments, drafting, figures, listing, versions

app_name = "records"
urlpatterns = [
    path("normative/", include("gongkai.records.urls_cleanup")),
    path("hand-overs/", include("gongkai.records.urls_handover")),
    path("gazette/", include("gongkai.records.urls_gazette")),
    path("items/", include("gongkai.records.urls_items")),
    path("", listing.index, name="list"),
    path("find/", listing.find, name="find"),
    path("new/", drafting.new, name="new"),
    path("attribute-fields/", drafting.attribute_fields, name="attribute-fields"),
    path("counts/", figures.counts, name="counts"),
    path("secret-counts/", figures.secret_counts, name="secret-counts"),
    path("<int:number>/", acts.detail, name="detail"),
    path("<int:number>/edit/", drafting.edit, name="edit"),
    path("<int:number>/versions/", versions.comparison, name="versions"),
    path("<int:number>/attach/", attachments.attach, name="attach"),
    path("attachments/<int:number>/", attachments.download, name="download"),
    path("attachments/<int:number>/remove/", attachments.detach, name="detach"),
    *(path(f"<int:number>/{act.name}/", acts.do, {"name": act.name}, name=act.name) for act in acts.ACTS),
]
