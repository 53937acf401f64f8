"""The verdict on a document that cannot be read."""

from __future__ import annotations


class ReadError(ValueError):
    """A document that cannot be read: which, why, and what to do about it.

    `reason` is a short key: `missing`, `name`, `empty`, `too-large`, `binary`, `unsupported`, `encoding`,
    `language`, `metadata`, `html`, `pdf`. `line` is the line of the file at fault, where one is.
    """

    def __init__(self, path: str, reason: str, detail: str, advice: str, line: int | None = None) -> None:
        where = f"{path}, line {line}" if line else path
        super().__init__(f"{where}: {detail}; {advice}")
        self.path, self.reason, self.detail, self.advice, self.line = path, reason, detail, advice, line
