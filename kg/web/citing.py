"""How to cite a page: the IRI of what it is about, the version of the data set, its licence, and BibTeX.

A template calls `cite(title)`; base.html does, for every page but those of errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from kg.iri import slug
from kg.web.service import reader, service
from kg.web.sources import PublishedSource

NAME = "entente: linked data about defence cooperation"
# Addresses of pages whose subject has an IRI of another form (Cool URIs for the Semantic Web, 303).
SUBJECTS: Mapping[re.Pattern[str], str] = {
    re.compile(r"/page/(.+)"): "id/{}",
    re.compile(r"/ontology/term/(.+)"): "ontology#{}",
}
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "{}%#&_$"},
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation names."""

    title: str
    iri: str
    version: str
    licence: str | None
    year: int  # of the version

    @property
    def bibtex(self) -> str:
        """The citation as a BibTeX entry."""
        named = slug(" ".join(re.split(r"[/#?]", self.iri.rstrip("/"))[-2:]))
        key = f"entente-{named[-40:].strip('-')}-{self.version}"
        note = f"Version {self.version}" + (f", licence {self.licence}" if self.licence else "")
        fields = {
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": _tex(NAME),
            "year": str(self.year),
            "note": _tex(note),
            "url": self.iri.replace("{", "%7B").replace("}", "%7D"),
        }
        return "\n".join(
            [f"@misc{{{key},", *(f"  {name} = {{{told}}}," for name, told in fields.items()), "}"]
        )


def cite(title: str) -> Citation | None:
    """The citation of the page that is being made; None where nothing published is shown."""
    if not isinstance(service().source, PublishedSource):
        return None
    here = reader()
    plain = re.sub(r"\s+", " ", title).strip().removesuffix(" · entente")
    published = here.published
    return Citation(plain, subject(published.base), published.version, here.licence, published.published.year)


def subject(base: str) -> str:
    """The IRI of what the page at the request's address is about; of a page of its own, its address."""
    for address, iri in SUBJECTS.items():
        if told := address.fullmatch(request.path):
            return base + iri.format(told[1])
    query = request.query_string.decode("latin-1")
    return base + request.path.removeprefix("/") + (f"?{query}" if query else "")


def _tex(text: str) -> str:
    return text.translate(SPECIAL)
