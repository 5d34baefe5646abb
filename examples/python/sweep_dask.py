"""The sweep with Dask: a task for each batch of designs, on all cores of this machine.

``python sweep_dask.py --designs 200000``
"""

import dask
from designs import asked, batch, cuts, parts, summary, text


@dask.delayed
def part(numbers):
    return list(parts([batch(numbers)]))


def main():
    # threads are enough: the core works without the lock of the interpreter
    done = dask.compute(*map(part, cuts(asked())), scheduler="threads")
    print(text(summary(batch for each in done for batch in each)))


if __name__ == "__main__":
    main()
