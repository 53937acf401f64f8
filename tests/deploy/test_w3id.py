"""The redirect for w3id.org, in a real Apache: each name leads to the server, as what it names wants."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "deploy" / "w3id"
MODULES = "/usr/lib/apache2/modules"
HOST = "https://entente.example.org"
CONFIGURATION = """\
ServerRoot "{home}"
ServerName localhost
PidFile "{home}/pid"
ErrorLog "{home}/error.log"
Mutex file:{home}
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule rewrite_module {modules}/mod_rewrite.so
DocumentRoot "{home}/www"
<Directory "{home}/www">
    AllowOverride All
    Options FollowSymLinks
</Directory>
"""

pytestmark = pytest.mark.needs("apache2")


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the folder as w3id.org has it, on a server of our own that needs no rights."""
    home = tmp_path_factory.mktemp("apache")
    home.chmod(0o755)
    shutil.copytree(RULES, home / "www")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = home / "httpd.conf"
    configuration.write_text(CONFIGURATION.format(home=home, port=port, modules=MODULES), "utf-8")
    server = subprocess.Popen(["apache2", "-f", str(configuration), "-D", "FOREGROUND"])
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/entente"
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.mark.parametrize(
    ("name", "status", "there"),
    [
        ("/id/state/japan", 303, "/id/state/japan"),
        ("/id/event/0a1b", 303, "/id/event/0a1b"),
        ("/id/state/c%C3%B4te-d%27ivoire", 303, "/id/state/c%C3%B4te-d%27ivoire"),
        ("/id/person/a%20b%3Fc", 303, "/id/person/a%20b%3Fc"),
        ("/doc/japan-nato", 307, "/doc/japan-nato"),
        ("/ontology", 307, "/ontology"),
        ("/ontology/0.1.0.ttl", 307, "/ontology/0.1.0.ttl"),
        ("/graph/claims/japan-nato", 307, "/graph/claims/japan-nato"),
        ("/dataset/0a1b2c", 307, "/dataset/0a1b2c"),
        ("/dumps/latest/entente.nq.gz", 307, "/dumps/latest/entente.nq.gz"),
        ("/sparql?query=ASK%20%7B%7D&format=json", 307, "/sparql?query=ASK%20%7B%7D&format=json"),
        ("/id/state/japan?page=2", 303, "/id/state/japan?page=2"),
        ("/identifiers", 307, "/identifiers"),
        ("/", 307, "/"),
    ],
)
def test_a_name_leads_to_the_same_name_of_the_server(apache: str, name: str, status: int, there: str) -> None:
    for method in ("GET", "HEAD"):
        answer = requests.request(method, f"{apache}{name}", allow_redirects=False, timeout=10)
        assert (answer.status_code, answer.headers["Location"]) == (status, f"{HOST}{there}")


def test_a_query_that_is_posted_stays_one(apache: str) -> None:
    """307 keeps the method (RFC 9110 section 15.4.8), 303 would not."""
    answer = requests.post(f"{apache}/sparql", data={"query": "ASK {}"}, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{HOST}/sparql")


def test_the_data_set_itself_without_a_slash_gets_one(apache: str) -> None:
    answer = requests.get(apache, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{apache}/")
