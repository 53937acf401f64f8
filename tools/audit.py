"""Whether anything that is pinned is known to be vulnerable, by pip-audit: python -m tools.audit [FILE ...]

Ends with 0 where nothing is, with 1 where something is (it is named, with what mends it), and with 3 where that could
not be found out, as the data about it cannot be reached: that is no verdict.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

LOCKS = ("requirements.lock", "requirements-run.lock", "requirements-spark.lock", "bench/peers.lock")
SOUND, VULNERABLE, UNKNOWN = 0, 1, 3


def asked(lock: str) -> subprocess.CompletedProcess[str]:
    """What pip-audit says of a file of pinned requirements."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", lock]
    options = ["--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    return subprocess.run([*command, *options], capture_output=True, text=True, check=False)  # noqa: S603  # our own words


def found(report: dict[str, Any]) -> Iterator[str]:
    """The vulnerabilities in a report, each in a line."""
    for package in report["dependencies"]:
        for one in package.get("vulns", ()):
            mended = ", ".join(one["fix_versions"]) or "nothing yet"
            yield f"{package['name']} {package['version']}: {one['id']}, mended by {mended}"


def verdict(lock: str, done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """What an answer of pip-audit means: the exit code, and words."""
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        reason = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        words = "not checked: the data about vulnerabilities cannot be reached, or pip-audit failed"
        return UNKNOWN, f"{lock}: {words} ({reason})"
    lines = list(found(report))
    if lines:
        return VULNERABLE, "\n".join([f"{lock}: {len(lines)} known to be vulnerable", *lines])
    return SOUND, f"{lock}: {len(report['dependencies'])} packages, none known to be vulnerable"


def main(locks: Sequence[str]) -> int:
    """Check each file; the worst exit code."""
    codes = set()
    for lock in locks or LOCKS:
        code, words = verdict(lock, asked(lock))
        sys.stdout.write(words + "\n")
        codes.add(code)
    return VULNERABLE if VULNERABLE in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
