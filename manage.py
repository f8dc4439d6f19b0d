#!/usr/bin/env python3
"""The project's command line: `python manage.py demo` is the quickest way to see the product."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "support_chat.settings.development")
    execute_from_command_line(sys.argv)
