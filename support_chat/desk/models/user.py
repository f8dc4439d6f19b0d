from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Somebody who signs in. Deactivated when they leave, never deleted: the log names them."""

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username
