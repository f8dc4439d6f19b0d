from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0031_visitors_on_the_site"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="undo_send",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
