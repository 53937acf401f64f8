"""Which requests of its own a query or an update could make the engine send."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.outbound import UNKNOWN, outbound

HOST = "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"ASK {{ SERVICE <{HOST}> {{}} }}", {HOST}),
        (f"ASK {{ ?s ?p 1SERVICE<{HOST}>{{}} }}", {HOST}),
        (f"ask {{ service silent <{HOST}> {{}} }}", {HOST}),
        (f"PREFIX h: <{HOST}> ASK {{ SERVICE h:x {{}} }}", {f"{HOST}x"}),
        ("ASK { SERVICE ?where { ?s ?p ?o } }", {UNKNOWN}),
        (f"LOAD <{HOST}>", {HOST}),
        (f"LOAD SILENT <{HOST}> INTO GRAPH <http://g/>", {HOST}),
        (f"ASK {{ # comment\n SERVICE # another\n <{HOST}> {{}} }}", {HOST}),
    ],
)
def test_an_endpoint_is_named(text: str, asked: set[str]) -> None:
    assert outbound(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ ?s ?p trueSERVICE<{HOST}>{{}} }}",
        f"ASK {{ SERVICESILENT<{HOST}>{{}} }}",
        f"PREFIX : <{HOST}> ASK {{ SERVICE:x{{}} }}",
        f"PREFIX : <{HOST}> LOAD:x",
        "ASK { FILTER(?a<?b)SERVICE?s#>\n{} }",
        f"ASK {{ FILTER(!(?a<'&&?c>'))SERVICE <{HOST}> {{}} #'\n }}",
    ],
)
def test_what_only_some_readers_take_for_a_request_counts(text: str) -> None:
    """An engine that parses without a scanner sees a request where a tokenizer sees none."""
    assert UNKNOWN in outbound(text)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD ;",
        "ASK { ?s ?p 'SERVICE <http://x/> {' }",
        "ASK { ?s ?p ?o } # SERVICE <http://x/> {",
        "ASK { ?s a <http://example.org/service>, <http://example.org/service/load> }",
        "ASK { ?s ?service ?load . ?s a <urn:service:x> }",
        "PREFIX service: <http://x/> ASK { GRAPH service:g { ?s a service:x } }",
        'SELECT ("""LOAD <http://x/>""" AS ?x) {}',
        "INSERT DATA { <http://x/load> <http://x/service> 'LOAD' }",
    ],
)
def test_the_word_elsewhere_is_no_request(text: str) -> None:
    assert not outbound(text)


WORDS = (
    f"""SERVICE SILENT <{HOST}> {{ }} ?s < > ' " # true 1 : x ( ) FILTER && GRAPH ?a<?b . ; OPTIONAL \\ @en"""
)
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "'''", "VALUES ?s {1}"])


@given(st.lists(PIECES, max_size=14).map("".join))
def test_nothing_that_the_engine_would_ask_is_missed(middle: str) -> None:
    """Whatever the text: if the engine tries to reach an endpoint, the reader has seen a request in it."""
    query = f"PREFIX : <{HOST}> PREFIX x: <{HOST}> ASK {{ VALUES (?s ?a ?b) {{ (<{HOST}> 1 2) }} {middle} }}"
    if outbound(query):
        return
    try:
        bool(ox.Store().query(query))
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:
        pytest.fail(f"the engine tried to ask: {error}")


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(outbound(f"SERVICE {text}"), frozenset)
