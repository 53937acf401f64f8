"""What is known to be vulnerable is named; where that cannot be found out, nothing is called sound."""

from __future__ import annotations

import json
from subprocess import CompletedProcess

from tools import audit


def answer(stdout: str, stderr: str = "") -> tuple[int, str]:
    return audit.verdict("some.lock", CompletedProcess([], 0, stdout, stderr))


def test_a_vulnerable_package_is_named_with_what_mends_it() -> None:
    vulnerable = {"name": "a", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}
    sound = {"name": "b", "version": "2.0", "vulns": []}
    code, words = answer(json.dumps({"dependencies": [vulnerable, sound]}))
    assert code == audit.VULNERABLE
    assert "a 1.0: CVE-1, mended by 1.1" in words
    assert answer(json.dumps({"dependencies": [sound]}))[0] == audit.SOUND


def test_what_cannot_be_asked_is_said_to_be_unchecked() -> None:
    code, words = answer("", "ERROR: Connection refused")
    assert code == audit.UNKNOWN
    assert "not checked" in words
    assert "Connection refused" in words
