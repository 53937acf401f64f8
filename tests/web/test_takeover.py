"""A server under load takes new versions over: no answer fails, and none mixes two versions."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.built import served
from tests.web.conftest import BASE, publish

VERSIONS, READERS = 12, 4
BETWEEN = 0.4  # seconds from one version to the next
MARKS = """
SELECT ?fact ?known ?title WHERE {
  <https://w3id.org/entente/id/mark> <https://w3id.org/entente/ontology#fact> ?fact ;
    <https://w3id.org/entente/ontology#known> ?known .
  GRAPH <https://w3id.org/entente/graph/claims/talks> {
    <https://w3id.org/entente/doc/talks> <http://purl.org/dc/terms/title> ?title } }"""
NUMBER = re.compile(r"number (\d+)")


def lay_out(dist: Path, number: int) -> None:
    """A version that bears its number in three graphs, in its manifest, in its text and in its name."""
    marks = "".join(
        f'graph:{graph} {{ <{BASE}id/mark> <{BASE}ontology#{name}> "number {number}" }}\n'
        for graph, name in (("facts", "fact"), ("reference", "known"))
    )
    text = (
        f"Arcadia met Elbonia on Tuesday, said number {number}; they meet again in May, for the seventh time."
    )
    publish(dist, f"v{number}", marks, text=text, title=f"Talks number {number}")


class Client:
    """Asks over one connection that stays open, and notes the versions that each answer told of."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.told: list[tuple[str, frozenset[str]]] = []

    def get(self, path: str, accept: str) -> tuple[str, str]:
        """The text and the tag of an answer, which has to be one."""
        self._connection.request("GET", path, headers={"Accept": accept})
        response = self._connection.getresponse()
        text = response.read().decode()
        assert response.status == 200, (path, response.status, text[:500])
        return text, response.headers["ETag"]

    def ask(self) -> None:
        """One answer of each kind."""
        text, tag = self.get(f"/sparql?query={quote(MARKS)}", "application/sparql-results+json")
        (row,) = json.loads(text)["results"]["bindings"]
        self.told.append(
            ("query", frozenset([*NUMBER.findall(str(row)), tag.strip('W/"')[1:].split("-")[0]]))
        )
        text, tag = self.get("/doc/talks", "text/html")
        self.told.append(("page", frozenset(NUMBER.findall(text))))
        text, tag = self.get("/doc/talks.ttl", "text/turtle")
        self.told.append(("data", frozenset(NUMBER.findall(text))))


@pytest.mark.long
def test_answers_are_whole_and_of_one_version_while_versions_are_exchanged(tmp_path: Path) -> None:
    """Several clients ask by query, page and data while one version after the other becomes the current one."""
    lay_out(tmp_path, 1)
    done = threading.Event()
    failed: list[BaseException] = []

    def until_done(ask: Callable[[], None]) -> None:
        try:
            while not done.is_set():
                ask()
            ask()
        except BaseException as error:  # noqa: BLE001  # whatever it is, the test tells it
            failed.append(error)

    with served(tmp_path) as address:
        clients = [Client(address) for _ in range(READERS)]
        threads = [threading.Thread(target=until_done, args=(client.ask,)) for client in clients]
        for thread in threads:
            thread.start()
        for number in range(2, VERSIONS + 1):
            time.sleep(BETWEEN)
            lay_out(tmp_path, number)
        time.sleep(BETWEEN)
        done.set()
        for thread in threads:
            thread.join()
    assert not failed, failed
    told = [one for client in clients for one in client.told]
    assert [one for one in told if len(one[1]) != 1] == []
    seen = {number for _, numbers in told for number in numbers}
    assert len(seen) > VERSIONS // 2
    for client in clients:
        assert client.told[-1][1] == {str(VERSIONS)}
        order = [int(next(iter(numbers))) for _, numbers in client.told]
        assert order == sorted(order), "an answer fell back to an older version"
