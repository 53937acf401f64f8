"""Overviews and the comparison of two: their pictures, rows and queries."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from kg.web import create_app
from kg.web.drawing import DRAWN

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(), built)
    yield app.test_client()
    app.extensions["entente"].pool.close()


@pytest.mark.parametrize("name", DRAWN)
def test_the_query_behind_an_overview_gives_the_rows_of_its_file(seeds: FlaskClient, name: str) -> None:
    """One click leads from the page to the query, and what it answers is what the file has."""
    page = seeds.get(f"/overview/{name}", headers=PAGE).text
    (link,) = re.findall(r'href="(/sparql\?[^"]*)"', page)
    query = parse_qs(urlsplit(unescape(link)).query)["query"][0]
    answer = seeds.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"}).text
    rows = list(csv.DictReader(io.StringIO(answer)))
    file = list(csv.DictReader(io.StringIO(seeds.get(f"/overview/{name}.csv").text)))
    assert [{k: v for k, v in row.items() if v} for row in file] == [
        {k: v for k, v in row.items() if v} for row in rows
    ]


@pytest.mark.parametrize("name", DRAWN)
def test_each_picture_can_be_taken_along(seeds: FlaskClient, name: str) -> None:
    """Every picture of a page is there as an SVG file that stands alone and leads back here."""
    page = seeds.get(f"/overview/{name}", headers=PAGE).text
    files = re.findall(r'href="(/overview/[^"]*\.svg)"', page)
    assert len(files) == page.count("<svg")
    for file in files:
        drawn = ElementTree.fromstring(seeds.get(file).data)  # noqa: S314  # our own answer
        links = [a.get("href") or "" for a in drawn.iter("{http://www.w3.org/2000/svg}a")]
        assert all(link.startswith("http://localhost/") for link in links)


def test_the_rows_can_be_chosen_by_kind_and_year(seeds: FlaskClient) -> None:
    everything = list(csv.DictReader(io.StringIO(seeds.get("/overview/cooperation.csv").text)))
    kind = everything[0]["kind"]
    chosen = list(csv.DictReader(io.StringIO(seeds.get(f"/overview/cooperation.csv?kind={kind}").text)))
    assert chosen == [row for row in everything if row["kind"] == kind]
    assert seeds.get("/overview/cooperation?year=1066", headers=PAGE).status_code == 200


def test_two_are_compared_side_by_side(seeds: FlaskClient) -> None:
    page = seeds.get("/compare?a=state/japan&b=alliance/nato", headers=PAGE).text
    assert "Japan and NATO" in page
    assert "Gen Nakatani" in page  # who met NATO's secretary general for Japan
    assert seeds.get("/compare", headers=PAGE).status_code == 200
    assert seeds.get("/compare?a=state/japan&b=state/nowhere", headers=PAGE).status_code == 404


def test_there_is_no_other_overview(seeds: FlaskClient) -> None:
    for address in ("/overview/weather", "/overview/weather.csv", "/overview/aid/weather.svg"):
        assert seeds.get(address).status_code == 404
