from typing import Any
from uuid import UUID, uuid4

from django.db import migrations, models
from django.http import QueryDict


def tell_forms_apart(apps: Any, _editor: object) -> None:
    """Every draft gets the key of the form that was typed into, and its subject says what form that is."""
    for draft in apps.get_model("records", "Draft").objects.all():
        draft.key = key_of(draft.typed)
        if draft.subject.partition(":")[0] not in {"activity", "correct"}:
            draft.subject = f"record:{draft.subject}"
        draft.save()


def key_of(typed: str) -> UUID:
    try:
        return UUID(QueryDict(typed).get("idempotency_key", ""))
    except ValueError:
        return uuid4()


class Migration(migrations.Migration):
    dependencies = [("records", "0008_signature_unit")]

    operations = [
        migrations.RemoveConstraint("draft", "draft_own"),
        migrations.AddField("draft", "key", models.UUIDField("表单编号", null=True)),
        migrations.AddField("draft", "undo", models.UUIDField("随哪次撤回恢复", null=True)),
        migrations.AlterField("draft", "subject", models.CharField("所记事项", max_length=120)),
        migrations.RunPython(tell_forms_apart, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("draft", "key", models.UUIDField("表单编号", default=uuid4)),
        migrations.AddConstraint("draft", models.UniqueConstraint(fields=("account", "key"), name="draft_form")),
    ]
