"""Nothing in the project says where packages are downloaded from, or which exact ones one machine had."""

import re

from tests.promises.rules.sources import Source

# Joined here, so that this file does not name them either.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("esm", "sh"),
        ("cdnjs", "cloudflare", "com"),
        ("fonts", "googleapis", "com"),
    )
]
LOCKS = re.compile(
    r"(^|/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|uv\.lock|poetry\.lock"
    r"|pdm\.lock|Pipfile\.lock|pylock.*\.toml|\.npmrc|pip\.conf)$"
)


def registry_hosts(source: Source) -> list[str]:
    """Mentions of a package registry's host."""
    named = [host for host in HOSTS if re.search(rf"\b{re.escape(host)}\b", source.text)]
    return [f"{source.path} names {host}" for host in named]


def lock_files(paths: list[str]) -> list[str]:
    """Files that pin a download."""
    return [path for path in paths if LOCKS.search(path)]
