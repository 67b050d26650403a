"""Work on checks in the background."""

from django_tasks import task

from dangwu.compliance.models import Check
from dangwu.compliance.services import perform_check, take_up_interrupted


@task()
def perform(check_id: int) -> None:
    """Perform a waiting check; one that was thrown away meanwhile, or is under way already, is left alone."""
    check = Check.objects.filter(pk=check_id, state=Check.State.WAITING).select_related("unit").first()
    if check:
        perform_check(check=check)


def resume() -> None:
    """Queue again what a stopped worker left half way; call it before a worker starts."""
    for check in take_up_interrupted():
        perform.enqueue(check.pk)
