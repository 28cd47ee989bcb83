"""The addresses of the public site. Those of things are permanent and never given to anything else."""

from django.urls import path

from gongkai.portal.views import about, decisions, feeds, home, lists, records, search, units

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("open/", lists.opened, name="open"),
    path("open/items/<str:code>/", lists.item, name="item"),
    path("records/<int:number>/", records.record, name="record"),
    path("records/<int:number>/files/<int:file>/", records.attachment, name="attachment"),
    path("records/<int:number>/code.svg", records.code, name="code"),
    path("number/<path:called>/", records.numbered, name="number"),
    path("policies/", lists.policies, name="policies"),
    path("normative/", lists.normative, name="normative"),
    path("normative/cleanups/<int:number>/", lists.clean_up, name="clean_up"),
    path("interpretations/", lists.interpretations, name="interpretations"),
    path("gazette/", lists.gazette, name="gazette"),
    path("gazette/<int:number>/", lists.issue, name="issue"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/<int:number>/", decisions.decision, name="decision"),
    path("units/", units.index, name="units"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/items/", units.items, name="unit_items"),
    path("search/", search.found, name="search"),
    path("search/suggested/", search.suggested, name="suggested"),
    path("feeds/", feeds.index, name="feeds"),
    path("feeds/latest.atom", feeds.latest, name="feed"),
    path("feeds/units/<str:code>.atom", feeds.of_unit, name="unit_feed"),
    path("feeds/search.atom", feeds.of_search, name="search_feed"),
    path("sitemap/", about.sitemap, name="sitemap"),
    path("sitemap.xml", feeds.sitemap, name="sitemap_xml"),
    path("sitemap-<int:number>.xml", feeds.sitemap_part, name="sitemap_part"),
    path("robots.txt", about.robots, name="robots"),
    path("accessibility/", about.accessibility, name="accessibility"),
]
