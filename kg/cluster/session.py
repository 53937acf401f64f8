"""A session of Spark, and the files of its Hadoop file systems."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

LOOPBACK = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}


class ClusterError(ValueError):
    """What keeps a build on a cluster from going on, with what to do about it."""


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session with a master: `local[2]`, `local-cluster[2,1,1024]`, `spark://host:7077`, `yarn` …

    All else is set where Spark looks for it: in `spark-defaults.conf`, in the folder SPARK_CONF_DIR. With a master on
    this machine processes find the package where this one has; other machines must have it installed. Raises
    ClusterError where no session comes about, or Spark gives a task up.
    """
    builder = SparkSession.builder.master(master).appName("entente").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.python.daemon.module", "kg.cluster.daemon")
    # each of many tables that are sent around at once takes a page at the driver, however small it is
    builder = builder.config("spark.buffer.pageSize", "2m").config("spark.sql.ui.retainedExecutions", "1")
    # and those that seem small enough to be sent around, though nobody asks for it, would fill it
    for name in ("spark.sql.autoBroadcastJoinThreshold", "spark.sql.adaptive.autoBroadcastJoinThreshold"):
        builder = builder.config(name, "-1")
    if master.startswith("local"):
        for name, value in LOOPBACK.items():
            os.environ.setdefault(name, value)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        paths = os.pathsep.join(path for path in sys.path if path)
        builder = builder.config("spark.executorEnv.PYTHONPATH", paths)
        builder = builder.config("spark.sql.shuffle.partitions", "4")
        builder = builder.config("spark.driver.memory", "2g")  # its gigabyte does not hold the reference data
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JJavaError) as error:
        raise ClusterError(f"no session of Spark with master {master}: {_first(error)}") from error
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    except (PySparkException, Py4JJavaError) as error:
        raise ClusterError(f"Spark has given up: {_first(error)}") from error
    finally:
        spark.stop()


def _first(error: Exception) -> str:
    """The first words of an error of Java's, whose traces are long; of Python's in a task, the last ones."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    own = [line for line in lines if "Error: " in line and not line.startswith(("at ", "Caused by"))]
    return (own or lines or [type(error).__name__])[-1 if own else 0]


@dataclass(frozen=True, slots=True)
class Files:
    """A folder in a file system that Hadoop knows, by its address."""

    spark: SparkSession
    folder: str

    def at(self, name: str) -> str:
        """The address of a file or folder in it."""
        return f"{self.folder.rstrip('/')}/{name}"

    def exists(self, name: str) -> bool:
        """Whether there is such a file or folder."""
        system, path = self._of(name)
        return bool(system.exists(path))

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it."""
        system, path = self._of(name)
        system.delete(path, True)

    def take(self, name: str, to: str, ending: str) -> int:
        """Move the parts that Spark wrote into a folder to `to`, numbered; how many they are."""
        system, path = self._of(name)
        parts = [found.getPath() for found in system.listStatus(path)]
        kept = sorted((part for part in parts if part.getName().startswith("part-")), key=str)
        for number, part in enumerate(kept):
            _, target = self._of(f"{to}-{number:05}{ending}")
            system.mkdirs(target.getParent())
            system.rename(part, target)
        return len(kept)

    def write(self, name: str, text: str) -> None:
        """Write a file, whole or not at all."""
        system, path = self._of(name)
        _, aside = self._of(f".{name}")
        stream = system.create(aside, True)
        stream.write(bytearray(text.encode()))
        stream.close()
        system.delete(path, False)
        system.rename(aside, path)

    def _of(self, name: str) -> tuple[Any, Any]:
        context = self.spark.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(self.at(name))  # Spark's own way to Java
        return path.getFileSystem(context._jsc.hadoopConfiguration()), path
