"""Drawings: what is drawn is what was answered."""

import sys

import fsx_model as fsx
import matplotlib
import pytest
from conftest import answers, question
from fsx_model import plot

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402


@pytest.fixture(autouse=True)
def close():
    yield
    pyplot.close("all")


def widths(ax):
    return [bar.get_width() for bar in ax.patches]


def curve(ax, number=0):
    return list(ax.lines[number].get_xdata()), list(ax.lines[number].get_ydata())


def test_every_example_can_be_drawn(example):
    for answer in answers(example):
        if isinstance(answer, fsx.types.Shown):
            answer.plot().figure.canvas.draw()


def test_an_estimate_is_drawn_as_its_limits():
    answer = fsx.estimate(question("training_and_checkpoints"))
    ax = answer.plot()
    assert widths(ax) == [limit.sustained.value for load in answer.workloads for limit in load.limits]
    labels = [label.get_text() for label in ax.get_yticklabels()]
    marked = [label for label in labels if label.startswith("▶")]
    assert marked == [f"▶ {load.name}: {load.sustained.bottleneck}" for load in answer.workloads]
    bands, mids = ax.collections[::2], ax.collections[1::2]
    for load, band, mid in zip(answer.workloads, bands, mids, strict=True):
        of = load.sustained.throughput_mb_per_s
        assert (band.get_datalim(ax.transData).x0, band.get_datalim(ax.transData).x1) == (of.low, of.high)
        assert mid.get_segments()[0][0][0] == of.mid
        assert of.high <= ax.get_xlim()[1]
    assert ax.get_xlabel().endswith("MB/s") and ax.get_xlim()[0] == 0


def test_a_plan_is_drawn_as_its_frontier():
    answer = fsx.plan(question("plan_from_here"))
    ax = answer.plot()
    assert curve(ax) == ([of.usd_per_month for of in answer.frontier], [of.value for of in answer.frontier])
    assert curve(ax, 1) == ([answer.best.cost.usd_per_month], [answer.best.targets[0].reached])
    assert ax.get_ylabel() == "reached, MB/s" and answer.best.family in ax.get_legend().get_texts()[0].get_text()


def test_a_plan_of_the_least_total_is_drawn_as_its_totals():
    answer = fsx.plan(question("plan_least_total"))
    ax = answer.plot()
    totals = answer.total.curve
    assert curve(ax) == ([of.usd_per_month for of in totals], [of.total_usd for of in totals])
    assert min(curve(ax)[1]) == curve(ax, 1)[1][0] and ax.get_ylabel().endswith("$ for the job")


def test_what_ifs_are_drawn_by_what_they_gain():
    answer = fsx.what_if(question("training_and_checkpoints"))
    by_workload = [of.ratios[number] for number in range(2) for of in answer.what_ifs]
    assert widths(answer.plot()) == by_workload


def test_a_given_axes_is_drawn_on():
    ax = pyplot.subplots()[1]
    assert fsx.estimate(question("single_reader")).plot(ax) is ax
    assert plot.over_clients(question("single_reader"), [1], ax=ax) is ax


def test_sensitivity_shows_the_rates_of_the_documentation():
    """The example of docs/intervals.md."""
    ax = plot.sensitivity(question("single_reader"))
    labels = [label.get_text().split(",")[0] for label in ax.get_yticklabels()]
    ends = [bar.get_x() + bar.get_width() for bar in ax.patches]
    found = {name: ends[2 * place : 2 * place + 2] for place, name in enumerate(labels)}
    assert found["ena_latency"] == pytest.approx([568.5, 430.2], abs=0.05)
    assert found["ena_latency_per_mib"] == pytest.approx([690.0, 453.7], abs=0.05)
    assert found["disk_baseline_delivered"] == pytest.approx([530.3, 543.4], abs=0.05)
    assert found["create_latency"] == pytest.approx([537.8, 537.6], abs=0.05)
    assert labels == sorted(labels, key=lambda name: abs(found[name][0] - found[name][1]))
    assert ax.get_xlabel() == "sustained throughput, MB/s"


@pytest.mark.parametrize("figure", ["throughput_mb_per_s", "operations_per_s", "latency_ms", "seconds"])
@pytest.mark.parametrize(
    "name", ["checkpoint_beside_training", "checkpoint_efa", "hdd_archive", "tiering_cold", "untar"]
)
def test_sensitivity_of_every_figure(figure, name):
    asked = question(name)
    load = fsx.estimate(asked).workloads[0]
    mid = (load.seconds if figure == "seconds" else getattr(load.sustained, figure)).mid
    ax = plot.sensitivity(asked, figure=figure)
    assert all(bar.get_x() == mid for bar in ax.patches)
    ax.figure.canvas.draw()


def test_switches_are_set_as_switches():
    ax = plot.sensitivity(question("checkpoint_efa"), figure="seconds")
    assert any("efa_write_delivered" in label.get_text() for label in ax.get_yticklabels())
    read = question("checkpoint_efa")
    read = read.replace(workloads=[load.replace(operation="read", rate_limit_mb_per_s=None) for load in read.workloads])
    switched = [use for use in fsx.estimate(read).assumptions if use.unit == "yes or no"]
    assert all(type(end) is bool for use in switched for end in plot._ends(use))


def test_over_clients_is_what_is_estimated():
    asked, counts = question("single_reader"), [1, 8, 64]
    ax = plot.over_clients(asked, counts[::-1])
    reached = [fsx.estimate(asked.replace(clients=fsx.Clients(count=count))).workloads[0] for count in counts]
    rates = [load.sustained.throughput_mb_per_s for load in reached]
    assert curve(ax) == (counts, [rate.mid for rate in rates])
    band = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert min(band) == min(rate.low for rate in rates) and max(band) == max(rate.high for rate in rates)
    named = [text.get_text() for text in ax.texts]
    assert named == list(dict.fromkeys(load.sustained.bottleneck for load in reached)) and len(named) > 1
    assert len(ax.lines) == len(named)


def test_over_clients_counts_the_group_that_the_workload_names():
    load = fsx.Workload(name="a", clients="small", processes_per_client=8)
    groups = [fsx.Clients(name="small", count=1), fsx.Clients(name="large", count=4)]
    asked = question("single_reader").replace(clients=groups, workloads=[load])
    ends = curve(plot.over_clients(asked, [1, 4]))[1]
    assert ends[1] > ends[0]
    with pytest.raises(ValueError, match="several groups"):
        plot.over_clients(asked.replace(workloads=[load.replace(clients=None)]), [1, 4])


def test_mappings_and_other_workloads_are_taken():
    asked = question("training_and_checkpoints")
    ax = plot.sensitivity(asked.to_dict(), workload="llama3-70b")
    assert "llama3-70b" in ax.get_title(loc="left")


def test_what_cannot_be_drawn_is_said():
    walk = question("directory_walk")
    with pytest.raises(ValueError, match="operations_per_s"):
        plot.sensitivity(walk)
    with pytest.raises(ValueError, match="no workload 'x'"):
        plot.sensitivity(walk, workload="x")
    with pytest.raises(ValueError, match="no figure 'speed'"):
        plot.sensitivity(walk, figure="speed")
    with pytest.raises(ValueError, match="counts is empty"):
        plot.over_clients(walk, [])
    with pytest.raises(ValueError, match="no workloads"):
        plot.over_clients(walk.replace(workloads=()), [1])
    assert plot.over_clients(walk, [1, 2]).get_ylabel().endswith("op/s")


def test_matplotlib_is_named_where_it_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"pip install fsx-model\[plot\]"):
        fsx.estimate(question("single_reader")).plot()


def test_plot_is_there_without_being_imported():
    import subprocess
    import sys

    program = "import fsx_model; print(callable(fsx_model.plot.sensitivity))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
