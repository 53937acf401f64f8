"""What Spark forks its Python processes from, with the modules loaded that each of them needs."""

from pyspark.daemon import manager

import kg.cluster.corpus
import kg.cluster.documents  # noqa: F401  # loaded once here, and not by every process

if __name__ == "__main__":
    manager()
