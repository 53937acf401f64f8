"""Networks: what surrounds one thing, in a ring around it; or things in a circle, with what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH, HEIGHT = 860.0, 620.0
LINE = 20.0  # at least, between two names in a circle
ROOM = 56.0  # between them where they are few
EDGE = 30.0  # between a circle and the edge of its picture
LONGEST = 30  # characters of a name

FAMILIES = {
    "state": "state",
    "alliance": "body",
    "international-organisation": "body",
    "organisation": "body",
    "grouping": "body",
    "government-body": "body",
    "armed-force": "body",
    "military-command": "body",
    "company": "body",
    "person": "person",
    "city": "place",
    "region": "place",
    "facility": "place",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in its place; `side` says where its name stands: `start`, `end` or `middle` of it."""

    name: str
    link: str
    family: str
    x: float
    y: float
    radius: float
    side: str
    title: str = ""

    @property
    def short(self) -> str:
        """The name, cut where it is long."""
        return self.name if len(self.name) <= LONGEST else f"{self.name[: LONGEST - 1]}…"


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two things: a curve, how strong, and what it stands for."""

    path: str
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """A network, laid out."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing joined with the one in the middle: how often, and by what."""

    name: str
    link: str
    kind: str
    weight: int
    title: str


def family(kind: str) -> str:
    """The family that a kind of thing is coloured as."""
    return FAMILIES.get(kind, "thing")


def around(name: str, kind: str, neighbours: Sequence[Neighbour]) -> Network | None:
    """A thing between its neighbours, half of them on either side; None where it has none."""
    if not neighbours:
        return None
    half = (len(neighbours) + 1) // 2
    height = max(160.0, half * 34.0 + 30)
    middle = (WIDTH / 2, height / 2)
    nodes, edges = [], []
    for side, held in ((1, neighbours[:half]), (-1, neighbours[half:])):
        for number, one in enumerate(held):
            y = (number + 0.5) * (height - 30) / len(held) + 15
            bend = sqrt(max(0.0, 1 - ((y - middle[1]) / (height / 2)) ** 2))
            x = middle[0] + side * (95 + 110 * bend)
            nodes.append(_node(one, x, y, 5 + 2.4 * sqrt(one.weight), side))
            edges.append(Edge(_line(middle, (x, y)), min(1 + one.weight * 0.7, 7), one.title))
    centre = Node(name, "", family(kind), *middle, 20, "middle", name)
    return Network([centre, *nodes], edges, WIDTH, height)


def circle(things: Sequence[Neighbour], joined: Sequence[tuple[str, str, int, str]]) -> Network | None:
    """Things in a circle and the curves between those that are joined: `(link, link, weight, title)`.

    They stand on lines of one height, so that no name stands over another.
    """
    if not things:
        return None
    half = (len(things) + 1) // 2
    height = max(min(HEIGHT, half * ROOM), half * LINE, 2 * ROOM) + 2 * EDGE
    middle = (WIDTH / 2, height / 2)
    places: dict[str, tuple[float, float]] = {}
    nodes = []
    for side, held in ((1, things[:half]), (-1, things[: half - 1 : -1])):
        for number, one in enumerate(held):
            down = (2 * number + 1) / len(held) - 1
            x, y = middle[0] + side * 250 * sqrt(1 - down * down), middle[1] + (middle[1] - EDGE) * down
            places[one.link] = (x, y)
            nodes.append(_node(one, x, y, min(5 + 1.6 * sqrt(one.weight), 16), side))
    strongest = max((weight for *_, weight, _ in joined), default=1)
    edges = [
        _chord(places[a], places[b], middle, 1 + 6 * weight / strongest, title)
        for a, b, weight, title in joined
        if a in places and b in places
    ]
    return Network(nodes, edges, WIDTH, height)


def _chord(
    start: tuple[float, float],
    end: tuple[float, float],
    middle: tuple[float, float],
    width: float,
    title: str,
) -> Edge:
    """A curve between two places, drawn towards the middle."""
    cx, cy = (0.6 * middle[i] + 0.2 * (start[i] + end[i]) for i in (0, 1))
    return Edge(
        f"M{start[0]:.1f},{start[1]:.1f}Q{cx:.1f},{cy:.1f} {end[0]:.1f},{end[1]:.1f}", round(width, 1), title
    )


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.1f},{start[1]:.1f}L{end[0]:.1f},{end[1]:.1f}"


def _node(one: Neighbour, x: float, y: float, radius: float, side: int) -> Node:
    return Node(
        one.name,
        one.link,
        family(one.kind),
        round(x, 1),
        round(y, 1),
        round(min(radius, 18), 1),
        "start" if side > 0 else "end",
        one.title,
    )
