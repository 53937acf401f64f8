"""The stages of a build: each takes the work, and returns it with its own part added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from rdflib import PROV, Graph

from kg import derivations, graph, packed, publish
from kg.iri import Mint
from kg.packed import Packed
from kg.pipeline.fates import Outcome, settled
from kg.pipeline.kept import GRAPHS, Kept, kept_in
from kg.pipeline.mapping import mapped
from kg.pipeline.readings import HeldReading, Readings
from kg.pipeline.reasoning import write_reasons
from kg.pipeline.touched import forget_touched
from kg.pipeline.work import CURATION, PASSED, DocumentsError, Work
from kg.publish.withdrawn import Withdrawal, read_reasons
from kg.published import NotPublishedError, Published, event_of_claim, open_published
from kg.read import Source, sources
from kg.terms import rebased
from kg.turtle import to_rdflib, turtle_files
from kg.watching import Step

RETRACTED = PROV.wasInvalidatedBy  # says of a claim, in the graph of curation, that it does not hold


def read_documents(work: Work, step: Step) -> Work:
    """Files and archives → the keys of the documents in them, which tell what has changed."""
    keys: list[str] = []
    for source in sources(work.paths):
        keys.append(source.key)
        step(len(keys), len(keys))
    return replace(work, keys=tuple(keys))


def map_documents(work: Work, step: Step) -> Work:
    """Documents → mentions, claims, omissions; of those that nothing has changed for they were kept.

    A document that cannot be read, or in which the mapper fails, is held back. Raises DocumentsError where none is
    left, TooManyError, and OSError where readings cannot be kept.
    """
    readers = work.readers if work.readers and work.readers.edition == work.edition else None
    with kept_in(work.settings.dist, readers.code if readers else work.edition) as kept:
        again = forget_touched(kept, readers, work.keys) if readers else ""
        found = list(_mapped(work, kept, step))
        kept.only_used()
    fates, held = settled(found)
    if not held:
        raise DocumentsError({Path(fate.place): fate.reason for fate in fates})
    work = replace(
        work,
        files={fate.document: Path(fate.place) for fate in fates if fate.outcome is Outcome.PUBLISHED},
        readings=Readings(held),
        fates=tuple(fates),
        again=again,
    )
    work.refuse_too_many_bad()
    return work


def _mapped(work: Work, kept: Kept, step: Step) -> Iterator[tuple[str, HeldReading, bool]]:
    """Of each source its place, what mapping made of it, and whether that was kept."""
    known: list[tuple[str, HeldReading, bool]] = []

    def changed() -> Iterator[Source]:
        for source in sources(work.paths):
            before = kept.held(source.key)
            if before is None:
                yield source
            else:
                known.append((source.place, before, True))

    total = sum(key not in kept for key in work.keys)
    step(0, total)
    for n, (source, content, words) in enumerate(mapped(changed(), work.mapper, work.settings), 1):
        made = HeldReading.of(content)
        if made.head.lasting:
            kept.put(source.key, content, words)
            made = HeldReading.of(content, kept.later(source.key))
        step(n, max(n, total))
        yield source.place, made, False
    yield from known


def build_graphs(work: Work, step: Step) -> Work:
    """Claims → claims graphs and facts; events keep the IRIs of the version that is published now.

    What curators have written into that version is carried over; a claim that they retract lifts nothing.
    """
    mint, known = Mint(work.settings.base), work.knowledge
    try:
        published = open_published(work.settings.dist)
        before, curated = event_of_claim(published), curation(published)
    except NotPublishedError:
        before, curated = None, Graph()
    step(0, 1)
    path = work.settings.policy
    policy = graph.Policy(rebased(path, mint.base), path)
    with kept_in(work.settings.dist, _edition(work, policy.text), GRAPHS) as kept:
        built = graph.build(
            work.readings.held,
            known.ontology,
            known.reference,
            mint,
            policy,
            before=before,
            retracted=map(str, curated.subjects(RETRACTED)),
            memory=kept,
            told_by=_hashed(turtle_files(work.settings.ontology / "reference")),
        )
        kept.only_used()
    new = set(Packed(Packed.of(curated).minus(built.facts)))
    for triple in list(curated):
        if triple not in new or triple in known.reference or triple in known.ontology:
            curated.remove(triple)  # what both held, engines would count twice
    step(1, 1)
    return replace(work, graphs=built, curated=curated)


def _edition(work: Work, policy: str) -> str:
    """A name for all that graphs depend on besides readings and reference data; empty where readings have none."""
    code = work.readers.code if work.readers and work.readers.edition == work.edition else work.edition
    files = (Path(packed.__file__), *sorted(Path(graph.__file__).parent.glob("*.py")))
    told = f"{code} {policy} {_hashed([*files, *turtle_files(work.settings.ontology)])}"
    return hashlib.sha256(told.encode()).hexdigest() if code else ""


def _hashed(files: Iterable[Path]) -> str:
    told = hashlib.sha256()
    for path in files:
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def curation(published: Published) -> Graph:
    """What curators have written into a version."""
    convert, found = to_rdflib(), Graph()
    for triple in published.store.triples(Mint(published.base).graph(CURATION)):
        found.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
    return found


def _write_passed(work: Work, path: Path) -> None:
    """Write the fingerprints of the documents that passed validation, for the next build."""
    path.write_text("".join(f"{fingerprint}\n" for fingerprint in sorted(work.passed)), "utf-8")


def _reasons(path: Path) -> Mapping[str, Withdrawal]:
    """Why documents were withdrawn. Raises DocumentsError for a file that does not say it."""
    try:
        return read_reasons(path)
    except ValueError as error:
        raise DocumentsError({path: f"has to be YAML: {error}"}) from error


def publish_version(work: Work, step: Step) -> Work:
    """Graphs → a published version, swapped in whole; its dumps come later."""
    step(0, 1)
    base = work.settings.base
    edition = publish.Edition(
        base=base,
        graphs=work.named_graphs(),
        default_graphs=work.default_graphs(),
        documents=work.documents,
        counts=work.counts(),
        about=work.settings.about.read_text("utf-8"),
        reasons=_reasons(work.settings.seeds / "withdrawn.yaml"),
        further={
            derivations.FILE: partial(write_reasons, work),
            PASSED: partial(_write_passed, work),
        },
    )
    publication = publish.publish_version(edition, work.settings.dist)
    step(1, 1)
    return replace(work, publication=publication)


def write_dumps(work: Work, step: Step) -> Work:
    """A published version → its dumps, and those that an earlier build was killed before; raises NoDumpsError."""
    publish.dump_all(work.settings.dist, step)
    return work
