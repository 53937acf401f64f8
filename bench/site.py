"""How fast the pages are: the server's time for each kind of page, and Lighthouse's scores for each.

python -m bench.site                         the first request after the start, then the median and the worst of 30
python -m bench.site --lighthouse            also Lighthouse's four categories (npm and Chromium; minutes)
python -m bench.site --dist dist --requests 100

Lighthouse comes from npm as bench/lighthouse/package-lock.json says, and looks at each page as on a slow phone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

import requests

HERE = Path(__file__).parent
BASE = "https://w3id.org/entente/"
WHY = {"s": f"<{BASE}id/state/japan>", "p": f"<{BASE}ontology#engagesWith>", "o": f"<{BASE}id/alliance/nato>"}
QUERY = "SELECT ?s ?name { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?name } LIMIT 20"
PAGES = {
    "start": "/", "search": "/search?q=japan", "documents": "/doc/", "document": "/doc/japan-nato",
    "state": "/page/state/japan", "person": "/page/person/mark-rutte", "alliance": "/page/alliance/nato",
    "agreement": "/page/agreement/security-defense-pact", "system": "/page/weapon-system/tomahawk",
    "overviews": "/overview/", "cooperation": "/overview/cooperation", "agreements": "/overview/agreements",
    "meetings": "/overview/meetings", "spending": "/overview/spending", "aid": "/overview/aid",
    "compare states": "/compare?a=state/japan&b=alliance/nato", "compare versions": "/compare/versions",
    "query": "/sparql", "answer": f"/sparql?query={quote(QUERY)}",
    "why": "/why?" + "&".join(f"{name}={quote(term)}" for name, term in WHY.items()),
    "ontology": "/ontology", "term": "/ontology/term/Meeting", "entailments": "/ontology/entailments",
    "frames": "/ontology/frames", "graph": "/graph/facts",
    "dumps": "/dumps/", "data set": "/dataset", "changes": "/changes",
}  # fmt: skip
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SETTLED = 3.0  # seconds without work after which what is made beforehand is made


@contextmanager
def served(dist: Path) -> Iterator[tuple[str, int]]:
    """A server over what is published: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--dist", str(dist), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _settle(f"http://127.0.0.1:{port}", server.pid)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait()


def _settle(address: str, pid: int) -> None:
    """Wait until the server is ready and has done what it does at the start."""
    while True:
        try:
            requests.get(f"{address}/ready", timeout=5)
            break
        except requests.RequestException:
            time.sleep(0.1)
    quiet, before = 0.0, _worked(pid)
    while quiet < SETTLED:
        time.sleep(0.5)
        now = _worked(pid)
        quiet, before = (quiet + 0.5 if now - before < 0.05 else 0.0), now


def _worked(pid: int) -> float:
    """Seconds of processor time of a process and its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds(address: str) -> float:
    """How long one request takes, from sending it to the last byte."""
    begun = time.perf_counter()
    requests.get(address, headers={"Accept": "text/html"}, timeout=60).raise_for_status()
    return time.perf_counter() - begun


def scores(address: str) -> list[int]:
    """Lighthouse's scores of a page, in the order of CATEGORIES."""
    told = subprocess.run(
        [
            *("npx", "--prefix", str(HERE / "lighthouse"), "lighthouse", address, "--quiet", "--output=json"),
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
    )
    found = json.loads(told.stdout)["categories"]
    return [round(100 * found[name]["score"]) for name in CATEGORIES]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dist", type=Path, default=Path("dist"), help="what is published [default: dist/]")
    parser.add_argument("--requests", type=int, default=30, help="of each page, after the first")
    parser.add_argument("--lighthouse", action="store_true", help="run Lighthouse, too")
    parser.add_argument("--pages", nargs="*", choices=list(PAGES), default=list(PAGES), metavar="NAME")
    wanted = parser.parse_args()
    if wanted.lighthouse:
        subprocess.run(
            ["npm", "ci", "--silent", "--ignore-scripts", "--prefix", str(HERE / "lighthouse")], check=True
        )
    with served(wanted.dist) as (root, _):
        print(f"{'page':17} {'first':>8} {'median':>8} {'worst':>8} ms")
        for name in wanted.pages:
            first, *others = [seconds(root + PAGES[name]) * 1e3 for _ in range(wanted.requests + 1)]
            print(f"{name:17} {first:8.1f} {median(others):8.1f} {max(others):8.1f}")
        if wanted.lighthouse:
            print(f"\n{'page':17} {' '.join(CATEGORIES)}")
            for name in wanted.pages:
                print(f"{name:17} {' '.join(map(str, scores(root + PAGES[name])))}", flush=True)


if __name__ == "__main__":
    main()
