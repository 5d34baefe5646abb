"""Templates of `--to cloudformation` against the rules and resource schemas of cfn-lint, whose reader of YAML, like that
of the service, is of YAML 1.1."""

import json
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from cfnlint.config import ConfigMixIn, ManualArgs
from cfnlint.decode.decode import decode_str
from cfnlint.runner import Runner

from common import conclude, exports, left_out, misread


@cache
def linter():
    """Every rule, remarks as well, and no id ignored. Reading the rules takes longer than a template."""
    return Runner(ConfigMixIn(**ManualArgs(regions=["us-east-1"], include_checks=["I"])))


def check(number, design, text, findings):
    template, errors = decode_str(text)
    errors = errors or linter().validate_template(template)
    faults = [f"{error.rule.id} {error.message} {error.path}" for error in errors]
    faults = faults or misread("cloudformation", json.dumps(template), design, left_out(findings))
    return [f"design {number}: {fault}" for fault in faults]


def main():
    templates = list(exports("cloudformation"))
    with ProcessPoolExecutor(2) as pool:
        faults = list(pool.map(check, *zip(*templates), chunksize=50))
    conclude("CloudFormation templates, cfn-lint", len(templates), [fault for some in faults for fault in some])


if __name__ == "__main__":
    main()
