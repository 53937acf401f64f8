"""How a build tells whoever watches it how it gets on."""

from collections.abc import Callable

Step = Callable[[int, int], None]
"""Called with how much of a stage is done, and how much there is."""

Watch = Callable[[str, int, int], None]
"""The same, with the stage's name first."""
