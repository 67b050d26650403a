"""Work on checks in the background."""

from django_tasks import task

from dangwu.compliance.models import Check
from dangwu.compliance.services import perform_check


@task()
def perform(check_id: int) -> None:
    """Perform a waiting check; one that was thrown away meanwhile, or is under way already, is left alone."""
    check = Check.objects.filter(pk=check_id, state=Check.State.WAITING).select_related("unit").first()
    if check:
        perform_check(check=check)
