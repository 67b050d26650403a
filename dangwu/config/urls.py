from django.urls import include, path

urlpatterns = [path("", include("dangwu.workbench.urls"))]
