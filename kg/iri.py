"""Minting: the same thing gets the same IRI, in every run, on every machine.

{base}id/{kind}/{slug}           things that have a name
{base}id/{kind}/{hash}           events, claims and what hangs on them, by content
{base}doc/{slug}#char=78,230     a document and a stretch of it (RFC 5147)
{base}graph/{name}               named graphs
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kg.model import Span

LONGEST = 80
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i", "ħ": "h", "Ħ": "H"}
)  # letters of Latin alphabets that have no decomposition (Unicode, NFKD)
SIGNS = str.maketrans({"’": None, "'": None, "ʼ": None, "&": " and ", "+": " plus "})  # that names spell out


def slug(text: str) -> str:
    """A name as part of an address: lower-case ASCII letters and digits, parted by single hyphens.

    Total and stable. Where letters had no ASCII form, or the name is long or has none at all, a short hash of
    the whole name keeps different names apart.
    """
    plain = unicodedata.normalize("NFKD", text.translate({**LETTERS, **SIGNS}))
    kept = plain.encode("ascii", "ignore").decode()
    lost = any(unicodedata.category(c)[0] in "LN" for c in plain if not c.isascii())
    made = re.sub(r"[^a-z0-9]+", "-", kept.lower()).strip("-")
    if made and not lost and len(made) <= LONGEST:
        return made
    short = made[:LONGEST].rsplit("-", 1)[0] if len(made) > LONGEST else made
    return "-".join(part for part in (short, digest(unicodedata.normalize("NFC", text), length=8)) if part)


def unaccented(text: str) -> str:
    """A name as a keyboard without accents writes it: 'Rzeszów' is 'Rzeszow', 'Tromsø' is 'Tromso'."""
    apart = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def kebab(name: str) -> str:
    """A local name as part of an address: `GovernmentBody` becomes `government-body`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def digest(*parts: str | int, length: int = 16) -> str:
    """A content hash of the parts, in hexadecimal; parts never run into one another."""
    told = "\x1f".join(f"{len(str(part))}:{part}" for part in parts)
    return hashlib.sha256(told.encode()).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes the IRIs of one data set; `base` ends in a slash."""

    base: str

    def term(self, local: str) -> str:
        """A term of the ontology, by its local name."""
        return f"{self.base}ontology#{local}"

    def thing(self, kind: str, label: str) -> str:
        """A thing by its kind (a class's local name) and its name."""
        return f"{self.base}id/{kebab(kind)}/{slug(label)}"

    def hashed(self, kind: str, *parts: str | int) -> str:
        """A thing without a name, by its content."""
        return f"{self.base}id/{kebab(kind)}/{digest(*parts)}"

    def document(self, name: str) -> str:
        """A document by its name."""
        return f"{self.base}doc/{slug(name)}"

    def stretch(self, document: str, span: Span) -> str:
        """A stretch of a document's text, by the document's name and character offsets (RFC 5147, 2.2)."""
        return f"{self.document(document)}#char={span.start},{span.end}"

    def graph(self, name: str) -> str:
        """A named graph: `facts`, `reference`, `claims/japan-nato` …"""
        return f"{self.base}graph/{name}"

    def claims(self, document: str) -> str:
        """The graph of everything that one document says, by the document's name."""
        return self.graph(f"claims/{slug(document)}")
