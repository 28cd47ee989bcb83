"""The addresses at which staff edit the site."""

from django.urls import path

from gongkai.portal.views import editing_areas, editing_pages, editing_services, page_acts

app_name = "editing"
urlpatterns = [
    path("pages/", editing_pages.index, name="pages"),
    path("pages/new/", editing_pages.new, name="page-new"),
    path("pages/<int:number>/", page_acts.detail, name="page"),
    path("pages/<int:number>/edit/", editing_pages.edit, name="page-edit"),
    path("pages/<int:number>/preview/", editing_pages.preview, name="page-preview"),
    path("pages/<int:number>/application/", editing_pages.application, name="page-application"),
    *(
        path(f"pages/<int:number>/{act.name}/", page_acts.do, {"name": act.name}, name=f"page-{act.name}")
        for act in page_acts.ACTS
    ),
    path("areas/", editing_areas.index, name="areas"),
    path("areas/new/", editing_areas.edit, name="area-new"),
    path("areas/<int:number>/", editing_areas.board, name="area"),
    path("areas/<int:number>/edit/", editing_areas.edit, name="area-edit"),
    path("services/", editing_services.index, name="services"),
    path("services/new/", editing_services.new, name="service-new"),
    path("services/template/", editing_services.template, name="service-template"),
    path("services/imports/<int:number>/errors/", editing_services.errors, name="service-errors"),
    path("services/<int:number>/", editing_services.service, name="service"),
    path("services/<int:number>/list/", editing_services.publish, name="service-list"),
    path("services/<int:number>/withdraw/", editing_services.withdraw, name="service-withdraw"),
]
