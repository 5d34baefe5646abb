"""The sweep with Spark: ``mapInArrow`` over a range of numbers, on two processes of this machine.

``python sweep_spark.py --designs 200000``
"""

import os
import sys

import designs
from designs import PART, ROWS, asked, batch, cuts, parts, summary, text
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def answered(numbers):
    """What Spark runs: record batches in, record batches out."""
    return parts(batch(each.column("id")) for each in numbers)


def main():
    count = asked()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", str(ROWS))
        .getOrCreate()
    )
    spark.sparkContext.addPyFile(designs.__file__)
    numbers = spark.range(0, count, 1, len(cuts(count)))
    done = numbers.mapInArrow(answered, from_arrow_schema(PART)).toArrow()
    print(text(summary(done.to_batches())))
    spark.stop()


if __name__ == "__main__":
    main()
