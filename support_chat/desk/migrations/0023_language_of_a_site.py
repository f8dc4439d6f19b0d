from django.db import migrations, models

import support_chat.desk.validators


def nobody_chose_it(apps, schema_editor):
    """Until now "en" stood with every site, and was shown nowhere."""
    apps.get_model('desk', 'Site').objects.filter(locale='en').update(locale='')


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0022_invitations'),
    ]

    operations = [
        migrations.AlterField(
            model_name='site',
            name='locale',
            field=models.CharField(blank=True, default='', max_length=16, validators=[support_chat.desk.validators.valid_language]),
        ),
        migrations.RunPython(nobody_chose_it, migrations.RunPython.noop),
    ]
