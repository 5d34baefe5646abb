"""How records show themselves."""

from html.parser import HTMLParser

import fsx_model as fsx
import pytest
from conftest import answers, others, question
from fsx_model import types
from fsx_model._display import html
from fsx_model._display.numbers import figure, number, price, usd, words

HOSTILE = "<script>alert('&\"')</script>"


class Reader(HTMLParser):
    """Text, tags and addresses; fails where a tag is not closed."""

    VOID = ("br", "wbr")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open, self.tags, self.addresses, self.text, self.headers = [], set(), [], "", []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        fields = dict(attrs)
        assert not any(name.startswith("on") or name == "src" for name in fields)
        if tag == "th":
            self.headers.append(fields.get("scope"))
        if "href" in fields:
            self.addresses.append(fields["href"])
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


def read(record) -> Reader:
    page = record._repr_html_()
    reader = Reader(page)
    assert page.count("<style>") == 1 and page.startswith('<div class="fsx">')
    assert not reader.tags & {"script", "iframe", "img", "link", "object"}
    assert all(address.startswith(("https://", "http://")) for address in reader.addresses)
    assert set(reader.headers) <= {"row", "col"}
    assert "url(" not in page and "@import" not in page
    return reader


def test_every_answer_is_well_formed(example):
    for record in [question(example), *answers(example)]:
        read(record)
        assert 0 < len(repr(record)) < 4000


def test_other_answers_are_well_formed():
    for record in others():
        read(record)
        assert 0 < len(repr(record)) < 4000


def test_an_estimate_says_what_stops_each_workload(example):
    for answer in answers(example):
        if isinstance(answer, fsx.Estimate):
            shown, short = read(answer).text, repr(answer)
            for load in answer.workloads:
                mid = load.sustained.throughput_mb_per_s or load.sustained.operations_per_s
                for text in (load.name, load.sustained.bottleneck, figure(mid.mid), figure(mid.low), figure(mid.high)):
                    assert text in shown and text in short
                assert all(limit.id in shown and (limit.formula or "") in shown for limit in load.limits)
            assert answer.cost is None or usd(answer.cost.usd_per_month) in shown
            assert all(finding.code in shown and finding.message in shown for finding in answer.findings)


def test_a_plan_says_what_to_buy_and_why_not_the_others(example):
    for answer in answers(example):
        if isinstance(answer, fsx.Plan):
            shown = read(answer).text
            for text in (answer.best.family, usd(answer.best.cost.usd_per_month), f"{answer.evaluations:,}"):
                assert text in shown and text in repr(answer)
            assert all(other.reason in shown and other.change in shown for other in answer.rejections)
            assert all(usd(point.usd_per_month) in shown for point in answer.frontier)
            assert all(update.note in shown for update in answer.updates)


def test_a_plan_without_a_winner_says_so():
    asked = question("plan_from_here").replace(constraints=fsx.Constraints(max_usd_per_month=1.0))
    answer = fsx.plan(asked)
    assert answer.best is None and "no file system meets" in repr(answer)
    assert "No file system meets" in read(answer).text and "FSX-PLAN-NONE" in read(answer).text


def test_the_bars_are_as_long_as_their_limits():
    answer = fsx.estimate(question("single_reader"))
    page, load = answer._repr_html_(), answer.workloads[0]
    end = 3 * load.burst.throughput_mb_per_s.mid
    stripes = next(limit for limit in load.limits if limit.id == "stripe_width")
    assert f'class="free" style="width:{stripes.sustained.value / end:.2%}"' in page
    low, high = load.sustained.throughput_mb_per_s.low, load.sustained.throughput_mb_per_s.high
    assert f'class="band" style="left:{low / end:.2%};right:{1 - high / end:.2%}"' in page


def test_a_price_names_its_sources_and_what_is_missing():
    priced = fsx.price(question("tiering_cold"))
    reader = read(priced)
    assert priced.missing and "at least" in reader.text and "at least" in repr(priced)
    assert all(part.item in reader.text and part.reason in reader.text for part in priced.missing)
    assert any("aws.amazon.com" in address or "amazonaws.com" in address for address in reader.addresses)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", " https://x"])
def test_only_addresses_of_the_web_are_links(address):
    answer = fsx.catalog("sources").replace(rows=((HOSTILE, HOSTILE, address, "2026"),))
    assert read(answer).addresses == []
    assert HOSTILE in read(answer).text


def test_hostile_names_stay_text(example):
    asked = question(example)
    named = asked.replace(
        workloads=[load.replace(name=f"{HOSTILE}{place}") for place, load in enumerate(asked.workloads)],
        jobs=[job.replace(name=f"{HOSTILE}job{place}") for place, job in enumerate(asked.jobs)],
    )
    assert HOSTILE in read(named).text
    answer = fsx.estimate(named) if isinstance(asked, fsx.Scenario) else fsx.plan(named)
    reader = read(answer)
    assert HOSTILE in reader.text or (isinstance(answer, fsx.Plan) and not answer.best.targets)


def test_every_field_of_text_is_escaped():
    finding = types.Finding(
        code=HOSTILE, severity="error", field=HOSTILE, value=HOSTILE, message=HOSTILE, fix=HOSTILE, sources=(HOSTILE,)
    )
    checked = types.Checked(findings=(finding,), file_systems=(types.CheckedFileSystem(findings=1, name=HOSTILE),))
    assert "script" not in read(checked).tags and "script" not in read(finding).tags
    assert read(fsx.Deploy(tags={HOSTILE: HOSTILE})).text.count(HOSTILE) == 2


def test_an_input_is_shown_as_it_is_written(example):
    asked = question(example)
    assert eval(repr(asked), vars(types)) == asked
    assert repr(fsx.FileSystem(deployment_type="SCRATCH_2", storage_capacity_gib=1200)) == (
        "FileSystem(deployment_type='SCRATCH_2', storage_capacity_gib=1200)"
    )
    assert "136.791" in read(fsx.Workload(file_size_mib=136.791)).text


def test_long_lists_are_cut_in_text_only():
    answer = fsx.calibrate(
        [fsx.MeasuredRow(scenario=question("single_reader"), figure="throughput_mb_per_s", measured=500)]
    )
    assert len(repr(answer)) < 2000 and " item" in repr(answer)
    assert answer.toml.splitlines()[0] in read(answer).text


def test_themes_of_notebooks_are_followed():
    page = html(fsx.Clients(count=1))
    assert "prefers-color-scheme:dark" in page
    for theme in ('[data-jp-theme-light="false"]', '[data-jp-theme-light="true"]', ".vscode-dark", ".vscode-light"):
        assert f"{theme} .fsx" in page


def test_numbers_are_those_of_the_command_line():
    values = [0.0, 0.0123, 0.75, 9.999, 12.602, 99.96, 240.3, 1152.0, 9999.6, 12_602.0, 340_000.0, 1_070_000.0]
    assert [figure(value) for value in values] == (
        ["0", "0.0123", "0.750", "10.0", "12.6", "100", "240", "1,152", "10,000", "12,600", "340k", "1.07M"]
    )
    assert [usd(value) for value in (0, 0.004, 14.49863, 10_584, -3.5)] == [
        "$0.00",
        "<$0.01",
        "$14.50",
        "$10,584.00",
        "−$3.50",
    ]
    assert [price(value) for value in (0.21, 0.000125, 55.04, 3.0)] == ["$0.21", "$0.000125", "$55.04", "$3"]
    assert number(10_248_192) == "10,248,192"
    assert [words(name) for name in ("lasts_s", "usd_per_month", "seconds", "stall_share", "samples_per_s")] == [
        ("lasts", "s"), ("cost", "$ a month"), ("time", "s"), ("stall share", "share"), ("samples", "a second"),
    ]  # fmt: skip
