"""The terms of the ontology, each on a page; its context for JSON-LD; the lexicon of frames."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, render_template

from kg.engine.formats import GRAPH_FORMATS
from kg.terms import PREFIXES, prefixes
from kg.web.gallery import Example
from kg.web.gallery import examples as gallery
from kg.web.negotiation import HTML, split_ending
from kg.web.problems import Problem
from kg.web.rdf import rdf_response
from kg.web.reading import Reader, Row, value_of
from kg.web.service import reader
from kg.web.signposting import data_links, page_links, signpost
from kg.web.things import lexicon, wanted
from kg.web.views import Shown, shown, shown_as_told
from kg.web.vocabulary import KINDS, Term, vocabulary

views = Blueprint("ontology", __name__)

JSON_LD = "application/ld+json"
EXAMPLES = 6  # things or statements that show how a term is used
LATER = {
    "reference": 1,
    "inferred": 2,
}  # graphs whose statements show a term less well than those of documents
WORDS = {"verb": "verbs", "noun": "nouns", "word": "words", "about": "about", "unless": "but not where"}


@views.get("/ontology/term/<name>")
def term(name: str) -> Response:
    """A term: its definition, its axioms in words, what of the data shows it, the queries that use it."""
    here = reader()
    name, fixed = split_ending(name)
    kind = fixed or wanted([HTML, *GRAPH_FORMATS])
    found = vocabulary(here).terms.get(name)
    if found is None:
        raise Problem(404, f"the ontology has no term {name!r}; /ontology lists them")
    at = f"/ontology/term/{name}"
    if kind != HTML:
        held = here.published.store.triples(f"{here.published.base}graph/ontology")
        about = [t for t in held if found.iri in (value_of(t.subject), value_of(t.object))]
        response = rdf_response(about, kind, f"{here.published.version}-{name}")
        return signpost(response, data_links(here, found.iri, at, at, kind))
    page = render_template(
        "term.html",
        term=found,
        examples=examples(here, found),
        queries=queries_using(here, found.name),
        frames=[f for f in frames(here) if f["evokes"] and f["evokes"].iri == found.iri],
        at=at,
        reader=here,
    )
    response = Response(page)
    response.vary.add("Accept")
    return signpost(response, page_links(here, found.iri, at, found.iri))


@views.get("/ontology/frames")
def lexicon_of_frames() -> Response:
    """The frames, by what they evoke, with the words and the places of roles; or as RDF."""
    here = reader()
    if wanted([HTML, *GRAPH_FORMATS]) != HTML:
        return lexicon("frames")
    response = Response(render_template("frames.html", by_class=by_class(frames(here)), reader=here))
    response.vary.add("Accept")
    iri = f"{here.published.base}ontology/frames"
    return signpost(response, page_links(here, iri, "/ontology/frames", iri))


@views.get("/ontology/context.jsonld")
def context() -> Response:
    """A JSON-LD context in which the terms stand by their names (JSON-LD 1.1 section 3.1)."""
    here = reader()
    response = Response(json.dumps(context_of(here), indent=1), content_type=JSON_LD)
    response.set_etag(f"{here.published.version}-context")
    return response


def context_of(here: Reader) -> Mapping[str, Any]:
    """The context: prefixes, and how each property's values are to be read."""
    terms: dict[str, Any] = dict(prefixes(here.published.base))
    for name, one in vocabulary(here).terms.items():
        ranges = [part.iri for axiom in one.axioms for part in axiom if part.iri]
        types = [iri for iri in ranges if iri.startswith(PREFIXES["xsd"])]
        if one.kind == KINDS[PREFIXES["owl"] + "ObjectProperty"]:
            terms[name] = {"@id": one.iri, "@type": "@id"}
        elif types:
            terms[name] = {"@id": one.iri, "@type": types[0]}
        else:
            terms[name] = one.iri
    return {"@context": terms}


def examples(here: Reader, one: Term) -> Sequence[tuple[Shown, ...]]:
    """What of the data shows a term: things of a class, statements of a property; those of documents first."""
    of_class = one.kind == KINDS[PREFIXES["owl"] + "Class"]

    def rank(row: Row) -> tuple[int, str]:
        graph = value_of(row["graph"]).rpartition("/graph/")[2]
        return LATER.get(graph, 0), value_of(row["subject"])

    rows = sorted(here.rows("of_class" if of_class else "by_property", term=one.iri), key=rank)
    ends = dict.fromkeys((row["subject"], None if of_class else row["value"]) for row in rows)
    first = list(ends)[:EXAMPLES]
    return [tuple(shown_as_told(here, end) for end in pair if end is not None) for pair in first]


def queries_using(here: Reader, name: str) -> Sequence[Example]:
    """The example queries of the gallery that use a term."""
    used = re.compile(rf"\bent:{name}\b|/ontology#{name}>")
    return [example for example in gallery(here.published.base) if used.search(example.text)]


@lru_cache(2)
def frames(here: Reader) -> Sequence[Mapping[str, Any]]:
    """The frames of the lexicon: what each evokes, by which words, and how its roles are filled; read once."""
    base = here.published.base
    said: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for triple in here.published.store.triples(f"{base}graph/lexicon"):
        said[value_of(triple.subject)][triple.predicate.value].append(triple.object)
    own = f"{base}ontology/frames#"
    return [_frame(here, iri, about) for iri, about in sorted(said.items()) if iri.startswith(own)]


def _frame(here: Reader, iri: str, about: Mapping[str, Sequence[Any]]) -> Mapping[str, Any]:
    def texts(name: str) -> Sequence[str]:
        return sorted(value_of(v).removeprefix(iri.partition("#")[0]) for v in about.get(name, ()))

    ent = f"{here.published.base}ontology#"
    evokes = about.get(f"{ent}evokes", ())
    return {
        "iri": iri,
        "name": iri.rpartition("#")[2],
        "label": here.label(iri),
        "evokes": shown(here, evokes[0]) if evokes else None,
        "words": {told: texts(ent + name) for name, told in WORDS.items() if texts(ent + name)},
        "slots": [slot.strip() for text in texts(f"{ent}slots") for slot in text.split(";")],
        "examples": texts(PREFIXES["skos"] + "example"),
    }


def by_class(listed: Iterable[Mapping[str, Any]]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Frames under the names of what they evoke."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in listed:
        found[one["evokes"].text if one["evokes"] else "other"].append(one)
    return dict(sorted(found.items()))
