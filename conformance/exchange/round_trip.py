"""Export, import, export: the second text is the first, byte by byte. And scenarios stay what they are."""

import json

from common import answer, conclude, each, exports, misread

FORMATS = ["aws-cli", "cloudformation", "parallelcluster", "toml", "json"]
SCENARIOS = ["toml", "json"]


def check(form, number, design, text):
    imported, errors = answer("import", "-", "--from", form, text=text)
    if not imported:
        return [f"{form}, design {number}: import refused: {errors}"]
    again, errors = answer("export", "-", "--to", form, text=json.dumps(imported["scenario"]))
    if not again:
        return [f"{form}, design {number}: second export refused: {errors}"]
    faults = [] if again["text"] == text else [f"the second text differs:\n{text}\n{again['text']}"]
    if form in SCENARIOS:
        faults += misread(form, text, design)
    return [f"{form}, design {number}: {fault}" for fault in faults]


def main():
    trips = [(form, *export[:3]) for form in FORMATS for export in exports(form)]
    faults = each(lambda trip: check(*trip), trips)
    conclude(f"round trips of {', '.join(FORMATS)}", len(trips), [fault for some in faults for fault in some])


if __name__ == "__main__":
    main()
