from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0033_pushes"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="share_drafts",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
