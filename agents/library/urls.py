from django.urls import path

from agents.library import exchange, listing, macros, reply_files, reply_form, versions

urlpatterns = [
    path("", listing.listing, name="library"),
    path("export/<slug:key>/<slug:name>/", exchange.export, name="library-export"),
    path("import/<slug:key>/", exchange.bring_in, name="library-import"),
    path("new/<slug:key>/", reply_form.new_reply, name="library-new"),
    path("macros/", macros.listing, name="macros"),
    path("macros/new/<slug:key>/", macros.new_macro, name="macro-new"),
    path("macros/<slug:public_id>/", macros.one_macro, name="macro"),
    path("<slug:public_id>/", reply_form.one_reply, name="library-reply"),
    path("<slug:public_id>/files/", reply_files.files, name="library-files"),
    path("<slug:public_id>/versions/", versions.versions, name="library-versions"),
]
