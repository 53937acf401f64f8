"""Documents from any Hadoop file system → what mapping makes of each, as partitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from pyspark import RDD
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from kg.mapper import Mapper
from kg.pipeline.mapping import made
from kg.read import LIMIT, Source, is_container, sources
from kg.settings import Settings

Load = Callable[[Settings], Mapper]
FILE, BESIDE = "path string, content binary", r"(\.meta\.yaml|\.yaml|\.yml)$"


def mapped(spark: SparkSession, places: Sequence[str], settings: Settings, load: Load) -> RDD[Any]:
    """Of each document its place and what mapping made of it, packed; each process loads one mapper."""
    return _files(spark, places).rdd.mapPartitions(partial(_map, load, settings))


def _files(spark: SparkSession, places: Sequence[str]) -> DataFrame:
    """Files with their bytes, and those of the file of metadata beside them."""
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    files = reader.load(list(places)).select("path", "content")
    is_beside = f.lower("path").rlike(BESIDE)
    rank = f.when(f.col("path").endswith(".meta.yaml"), 0).otherwise(1)
    beside = (
        files.where(is_beside & ~f.col("path").endswith(".yml"))
        .groupBy(f.regexp_replace("path", BESIDE, "").alias("stem"))
        .agg(f.min(f.struct(rank.alias("rank"), "content")).content.alias("beside"))
    )
    stem = f.regexp_replace("path", r"(?<=[^/])\.[^./]*$", "")
    documents = files.where(~is_beside).withColumn("stem", stem)
    return documents.join(beside, "stem", "left").select("path", "content", "beside")


@cache
def _loaded(load: Load, settings: Settings) -> Mapper:
    """The mapper of this process."""
    return load(settings)


def _map(load: Load, settings: Settings, rows: Iterable[Any]) -> Iterator[tuple[str, bytes]]:
    for path, content, beside in rows:
        for source in opened(path, bytes(content), bytes(beside or b"")):
            found, _ = made(_loaded(load, settings), source)
            yield source.place, found


def opened(path: str, content: bytes, beside: bytes) -> Iterator[Source]:
    """The documents in a file, which may be an archive; that is unpacked on the machine that reads it."""
    name = PurePosixPath(path).name
    if not is_container(name):
        yield Source(name, path, content[: LIMIT + 1], beside=beside)
        return
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        for one in sources([file]):
            yield replace(one, place=one.place.replace(str(file), path, 1))
