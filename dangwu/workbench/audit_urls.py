from django.urls import path

from dangwu.workbench import audit_pages

urlpatterns = [
    path("", audit_pages.audit, name="audit"),
    path("<int:sequence>/", audit_pages.entry, name="audit-entry"),
    path("review/", audit_pages.review, name="audit-review"),
    path("export/", audit_pages.export, name="audit-export"),
    path("verifier/", audit_pages.verifier, name="audit-verifier"),
    path("checkpoints/", audit_pages.checkpoints, name="audit-checkpoints"),
    path("checkpoints/sign/", audit_pages.sign, name="audit-sign"),
    path("checkpoints/<int:sequence>/", audit_pages.checkpoint, name="audit-checkpoint"),
]
