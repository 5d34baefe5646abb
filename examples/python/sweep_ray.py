"""The sweep with Ray: a task for each batch of designs, on two processes of this machine.

``python sweep_ray.py --designs 200000``
"""

import ray
from designs import asked, batch, cuts, parts, summary, text


@ray.remote
def part(numbers):
    return list(parts([batch(numbers)]))


def main():
    ray.init(num_cpus=2, object_store_memory=1e9, include_dashboard=False)
    done = ray.get([part.remote(numbers) for numbers in cuts(asked())])
    print(text(summary(batch for each in done for batch in each)))


if __name__ == "__main__":
    main()
