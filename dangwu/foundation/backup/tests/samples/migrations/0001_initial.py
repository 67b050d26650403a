from typing import Any

from django.db import migrations, models


def seed(apps: Any, _schema_editor: object) -> None:
    apps.get_model("samples", "Shelf").objects.create(name="由程序自带")


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Shelf",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=40)),
                ("above", models.ForeignKey("samples.Shelf", models.CASCADE, null=True)),
            ],
        ),
        migrations.CreateModel(
            "Thing",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("shelf", models.ForeignKey("samples.Shelf", models.CASCADE)),
                ("text", models.TextField(null=True)),
                ("whole", models.BigIntegerField(null=True)),
                ("small", models.PositiveSmallIntegerField(null=True)),
                ("told", models.BooleanField(null=True)),
                ("amount", models.DecimalField(max_digits=14, decimal_places=2, null=True)),
                ("ratio", models.FloatField(null=True)),
                ("day", models.DateField(null=True)),
                ("hour", models.TimeField(null=True)),
                ("moment", models.DateTimeField(null=True)),
                ("span", models.DurationField(null=True)),
                ("content", models.BinaryField(null=True)),
                ("token", models.UUIDField(null=True)),
                ("facts", models.JSONField(null=True)),
                ("address", models.GenericIPAddressField(null=True)),
                ("beside", models.ManyToManyField("samples.Shelf", related_name="+")),
            ],
        ),
        # tables that refer to each other
        migrations.AddField("Shelf", "best", models.ForeignKey("samples.Thing", models.CASCADE, null=True, related_name="+")),
        migrations.CreateModel("Word", [("word", models.CharField(max_length=40, primary_key=True))]),
        migrations.RunPython(seed),
    ]
