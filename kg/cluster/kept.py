"""Facts as Parquet in a file system: what is read from there rests on no work before it."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

FACT = "s string, p string, o string, because string"


class Kept:
    """Facts in a folder of a file system, as they were found from round to round."""

    def __init__(self, spark: SparkSession, place: str) -> None:
        self._spark, self.place = spark, place
        self._folders: list[str] = []

    def __len__(self) -> int:
        """How many times facts were added."""
        return len(self._folders)

    def add(self, facts: DataFrame) -> DataFrame:
        """Write facts, and give them back as they stand there."""
        folder = f"{self.place}/{len(self)}"
        facts.write.parquet(folder)
        self._folders.append(folder)
        return self._read(folder)

    @property
    def all(self) -> DataFrame:
        """All that were added."""
        return self._read(*self._folders)

    def _read(self, *folders: str) -> DataFrame:
        return self._spark.read.schema(FACT).parquet(*folders)
