from django.db import migrations, models

import support_chat.desk.validators


class Migration(migrations.Migration):
    dependencies = [("desk", "0023_language_of_a_site")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="masks",
            field=models.JSONField(blank=True, null=True, validators=[support_chat.desk.validators.valid_masks]),
        ),
    ]
