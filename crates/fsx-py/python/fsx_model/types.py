"""Inputs and answers of fsx_model as frozen, typed classes.

Written by `cargo xtask gen` from `schemas/`; a change by hand is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from ._base import Answer, Drafted, Input, Question, Shown, Tabular

Access = Literal["sequential", "random"]
"""Order of the offsets within a file."""

BucketAccount = Literal["same", "other"]
"""Whose account the bucket is in."""

BucketEncryption = Literal["SSE-S3", "SSE-KMS", "NONE"]
"""Encryption of the bucket."""

Change = Literal["version", "metadata", "throughput", "read_cache", "storage_capacity", "compression",
    "layout"]
"""What an update changes."""

DataCompressionType = Literal["NONE", "LZ4"]
"""LZ4 or nothing."""

DataIn = Literal["disk", "server_cache", "s3", "auto"]
"""Where the data lie when they are read."""

DeploymentType = Literal["SCRATCH_1", "SCRATCH_2", "PERSISTENT_1", "PERSISTENT_2"]
"""Deployment type of a file system."""

DriveCacheType = Literal["NONE", "READ"]
"""SSD read cache of HDD file systems."""

EfaChoice = Literal["either", "yes", "no"]
"""Whether the file system has EFA."""

ExportFormat = Literal["aws-cli", "cloudformation", "terraform", "csi", "parallelcluster", "lfs", "alarms",
    "toml", "json"]
"""What a design is written as."""

Figure = Literal["throughput_mb_per_s", "operations_per_s", "latency_ms", "seconds", "files_per_s",
    "ost_count", "mdt_count"]
"""A figure of an answer that can be measured; the unit is in the name."""

ImportFormat = Literal["describe-file-systems", "describe-data-repository-associations", "aws-cli",
    "cloudformation", "terraform-json", "csi", "parallelcluster", "lfs-getstripe", "lfs-df", "ior", "mdtest",
    "fio", "dlio", "darshan", "cloudwatch", "scan", "toml", "json"]
"""What a text was written by."""

Interface = Literal["ENA", "ENA_EXPRESS", "EFA", "EFA_GDS"]
"""Network interface a client reaches the file system through."""

JobKind = Literal["training", "checkpoint", "import", "preload", "export", "release", "metadata", "benchmark"]
"""Kind of a job."""

LayoutKind = Literal["default", "created", "stripe", "components"]
"""Which layout new files get."""

LimitId = Literal["client_network", "client_to_server_path", "server_network", "ssd_cache", "disk_throughput",
    "disk_iops", "stripe_width", "metadata", "s3_restore", "s3_export", "s3_import", "concurrency", "rate_limit"]
"""A part that can hold a workload back."""

LogLevel = Literal["DISABLED", "WARN_ONLY", "ERROR_ONLY", "WARN_ERROR"]
"""Which events of S3 links are logged."""

MeasuredRegime = Literal["sustained", "burst", "either"]
"""The state of the burst credits in which something was measured."""

MetadataChoice = Literal["required", "either"]
"""Whether a PERSISTENT_2 file system has a metadata configuration."""

MetadataMode = Literal["AUTOMATIC", "USER_PROVISIONED"]
"""How Metadata IOPS are set."""

Objective = Literal["cheapest", "fastest", "least_total"]
"""What the best file system is."""

Operation = Literal["read", "write", "create", "open", "delete", "stat", "mkdir", "rmdir", "rename",
    "readdir", "s3_import", "s3_restore", "s3_export", "s3_release"]
"""What a workload does."""

Order = Literal["shuffled", "cyclic", "independent"]
"""Order of the files over passes."""

PresetKind = Literal["training", "checkpoint", "metadata", "benchmark"]
"""Kind of a preset, which is the kind of the job it gives."""

ReadCacheSizingMode = Literal["NO_CACHE", "USER_PROVISIONED", "PROPORTIONAL_TO_THROUGHPUT_CAPACITY"]
"""How the SSD read cache of Intelligent-Tiering is sized."""

RepositoryEvent = Literal["NEW", "CHANGED", "DELETED"]
"""Object events an S3 link follows."""

Severity = Literal["error", "warning", "advice"]
"""How serious a finding is."""

Status = Literal["stated", "derived", "observed", "secondary", "uncertain"]
"""How far a figure can be trusted."""

StorageType = Literal["SSD", "HDD", "INTELLIGENT_TIERING"]
"""Storage class of a file system."""

System = Literal["fsx", "lustre"]
"""What was measured."""

TargetRegime = Literal["sustained", "burst"]
"""The state of the burst credits in which a target has to be reached."""

UtilizationMetric = Literal["NetworkThroughputUtilization", "FileServerDiskThroughputUtilization",
    "DiskIopsUtilization", "CPUUtilization", "StorageCapacityUtilization"]
"""A metric of AWS/FSx in percent of a capacity."""

Verdict = Literal["burst", "baseline"]
"""Which file system to buy for a rate."""


class Accuracy(Tabular, frozen=True, kw_only=True):
    """Predictions beside published measurements. Errors are of `|ln(predicted / measured)|`: 0.05 is about 5 %,
    0.7 a factor
    of 2.

    Attributes
    ----------
    all : Group
        Every measurement of FSx but counts.
    assumptions : tuple[StableAssumption, ...]
        The assumptions that the measurements bear on; empty if one family was asked for.
    baselines : Baselines
        What simpler formulas say of the same measurements.
    compared : Group
        Those of grade A and B without the families that no formula follows: few requests in flight over EFA,
        mapped files, loops of application code.
    excluded : tuple[Excluded, ...]
        Those that cannot, each with the reason; empty if one family was asked for.
    families : tuple[Group, ...]
        By family of workload: FSx, and training runs.
    left_out : LeftOut
        The same with each case predicted by what all other cases say, and its interval by their scatter.
    other_systems : tuple[Group, ...]
        Other Lustre systems on their own ceilings, by family: they try the equations, not FSx.
    rows : tuple[PredictedRow, ...]
        Every measurement that can be expressed.
    """

    all: Group
    assumptions: tuple[StableAssumption, ...]
    baselines: Baselines
    compared: Group
    excluded: tuple[Excluded, ...]
    families: tuple[Group, ...]
    left_out: LeftOut
    other_systems: tuple[Group, ...]
    rows: tuple[PredictedRow, ...]


class AssumptionRange(Input, frozen=True, kw_only=True):
    """A range of an assumption, in its unit.

    Attributes
    ----------
    low : float
        5th percentile.
    mid : float
        Median: the value taken.
    high : float
        95th percentile.
    """

    low: float
    mid: float
    high: float


class AssumptionUse(Answer, frozen=True, kw_only=True):
    """An assumption an estimate rests on.

    Attributes
    ----------
    id : str
        Id.
    low : float
        Low end of what users would find.
    high : float
        High end.
    evidence : tuple[str, ...]
        Observed cases it rests on.
    interval_high : float
        High end.
    interval_low : float
        Low end of what widens intervals: what measurements leave of that.
    unit : str
        Unit.
    value : float
        Value used; 1 and 0 for switches.
    """

    id: str
    low: float
    high: float
    evidence: tuple[str, ...]
    interval_high: float
    interval_low: float
    unit: str
    value: float


class Backup(Input, frozen=True, kw_only=True):
    """Automatic backups.

    Attributes
    ----------
    automatic_retention_days : int | None
        Days they are kept, 0 to 90. Absent: ``0``.
    copy_tags : bool | None
        Whether the tags are copied to them. For exports. Absent: ``False``.
    daily_automatic_start_time : str | None
        When they begin, HH:MM in UTC; by default AWS chooses. For exports.
    daily_change_gib : float | None
        Data that change in a day, GiB.
    """

    automatic_retention_days: int | None = None
    copy_tags: bool | None = None
    daily_automatic_start_time: str | None = None
    daily_change_gib: float | None = None


class Baseline(Answer, frozen=True, kw_only=True):
    """A simpler formula beside the model, on the measurements that it says something of.

    Attributes
    ----------
    cases : int
        Independent cases.
    median : float
        Its median error.
    model_median : float
        The model's median error on the same measurements.
    model_p90 : float
        The model's 90th percentile.
    p90 : float
        Its 90th percentile.
    rows : int
        Measurements.
    """

    cases: int
    median: float
    model_median: float
    model_p90: float
    p90: float
    rows: int


class Baselines(Answer, frozen=True, kw_only=True):
    """Simpler formulas.

    Attributes
    ----------
    ceilings : Baseline
        The smallest ceiling of the file system and its clients, as if nothing waited for anything.
    provisioned : Baseline
        The throughput that the file system is ordered with.
    """

    ceilings: Baseline
    provisioned: Baseline


class Bought(Answer, frozen=True, kw_only=True):
    """A file system that a plan would buy.

    Attributes
    ----------
    family : str
        Its kind: deployment type, storage class, throughput tier, EFA.
    file_system : FileSystem
        The file system, in the words of a scenario.
    partial : bool
        Whether something is billed that this does not count.
    reaches_mb_per_s : float
        What the workload could reach on it if it offered more, MB/s, mid value, in the regime asked for.
    usd_per_month : float
        What it costs, US dollars a month.
    """

    family: str
    file_system: FileSystem
    partial: bool
    reaches_mb_per_s: float
    usd_per_month: float


class BreakEven(Answer, frozen=True, kw_only=True):
    """A rate at which EFA begins to pay.

    Attributes
    ----------
    below_mb_per_s : float | None
        A rate 0.1 % below; None where EFA pays from the first rate of the grid.
    efa : Bought | None
        The cheapest over EFA from there.
    efa_below : Bought | None
        The cheapest over EFA at the rate below.
    ena : Bought | None
        The cheapest over ENA from there; None if none does it.
    ena_below : Bought | None
        The cheapest over ENA at the rate below.
    from_mb_per_s : float
        At this rate and every higher one that either reaches, EFA is cheaper or the only one; ENA at a rate
        0.1 % lower costs no more than EFA here, unless this is the first rate of the grid.
    """

    below_mb_per_s: float | None = None
    efa: Bought | None = None
    efa_below: Bought | None = None
    ena: Bought | None = None
    ena_below: Bought | None = None
    from_mb_per_s: float


class Burst(Answer, frozen=True, kw_only=True):
    """A workload while burst credits last.

    Attributes
    ----------
    bottleneck : LimitId
        The smallest limit.
    lasts_s : Range | None
        Time from `credits_at_start` until the rate falls, seconds; None if it never does.
    latency_ms : Range
        Mean time of one request, queueing included, ms.
    operations_per_s : Range
        I/O operations of the application a second; of metadata, items.
    throughput_mb_per_s : Range | None
        Data rate, MB/s; None for metadata.
    workings : tuple[FigureWorking, ...]
        How its figures follow from limits, requests in flight and credits; none in the estimate of a change.
    """

    bottleneck: LimitId
    lasts_s: Range | None = None
    latency_ms: Range
    operations_per_s: Range
    throughput_mb_per_s: Range | None = None
    workings: tuple[FigureWorking, ...] = ()


class BurstCredits(Answer, frozen=True, kw_only=True):
    """What the credits of a file system do at a rate.

    Attributes
    ----------
    curve : tuple[CreditPoint, ...]
        How long credits carry other rates, from what it holds sustained to the most it reaches.
    lasts_s : Range
        How long they carry the rate from full reservoirs, seconds.
    rest_s : Range
        How long it must then rest until the reservoirs are as full as before, seconds.
    share_of_time : float
        Largest share of a day, or of any longer time, that can be at the rate, with rest between; mid value.
    sustained_mb_per_s : Range
        What the workload reaches when they are spent, MB/s.
    """

    curve: tuple[CreditPoint, ...]
    lasts_s: Range
    rest_s: Range
    share_of_time: float
    sustained_mb_per_s: Range


class BurstOrBaseline(Answer, frozen=True, kw_only=True):
    """The answer of [`burst_or_baseline`].

    Attributes
    ----------
    assumptions : tuple[AssumptionUse, ...]
        The assumptions it rests on.
    baseline : Bought | None
        The cheapest file system that holds the rate with its credits spent; None if none does.
    burst : Bought | None
        The cheapest that reaches it while credits last; None if none does.
    credits : BurstCredits | None
        What its credits do; None where none are drawn.
    defaults : tuple[DefaultTaken, ...]
        Defaults that were taken.
    findings : tuple[Finding, ...]
        Warnings.
    model : ModelVersion
        Versions of model and catalog.
    reason : str
        Why.
    saved_usd_per_month : float | None
        What the second costs less than the first, US dollars a month; None if the cost of either is known in
        part only.
    sure : bool
        Whether the verdict holds from the low to the high end of `lasts_s`.
    throughput_mb_per_s : float
        The rate in question, MB/s.
    verdict : Verdict | None
        Which of the two to buy, at mid values; None where that depends on what is not given, or none does it.
    work : Work | None
        The work to be done at the rate; None where the requirement gives no size of files.
    """

    assumptions: tuple[AssumptionUse, ...]
    baseline: Bought | None = None
    burst: Bought | None = None
    credits: BurstCredits | None = None
    defaults: tuple[DefaultTaken, ...]
    findings: tuple[Finding, ...]
    model: ModelVersion
    reason: str
    saved_usd_per_month: float | None = None
    sure: bool
    throughput_mb_per_s: float
    verdict: Verdict | None = None
    work: Work | None = None


class Calibrated(Answer, frozen=True, kw_only=True):
    """Assumptions fitted to measurements, and how far the model is off with them.

    Attributes
    ----------
    after : Errors
        Errors after it.
    assumptions : tuple[CalibratedAssumption, ...]
        Every assumption that could move.
    before : Errors
        Errors before the fit, of `|ln(predicted / measured)|`.
    converged : bool
        Whether the fit ended at a minimum.
    findings : tuple[Finding, ...]
        What to watch.
    left_out : Errors | None
        Errors when each case is predicted by what the other cases say (of more than 64, by those of the other
        63 in 64); None with one case.
    rows : tuple[CalibratedRow, ...]
        Every measurement.
    toml : str
        A table `[assumptions]` to put in a scenario: those that the measurements say something of, with their
        ranges.
    """

    after: Errors
    assumptions: tuple[CalibratedAssumption, ...]
    before: Errors
    converged: bool
    findings: tuple[Finding, ...]
    left_out: Errors | None = None
    rows: tuple[CalibratedRow, ...]
    toml: str


class CalibratedAssumption(Answer, frozen=True, kw_only=True):
    """An assumption before and after a fit.

    Attributes
    ----------
    id : str
        Id.
    after : Range
        The same after it.
    before : Range
        Its 5th, 50th and 95th percentile before the fit.
    cases : int
        Independent cases that bear on it.
    informed : bool
        Whether the measurements say something of it: they move it, or narrow its range by a tenth.
    unit : str
        Unit of all values.
    """

    id: str
    after: Range
    before: Range
    cases: int
    informed: bool
    unit: str


class CalibratedRow(Answer, frozen=True, kw_only=True):
    """A measurement and its predictions, in the unit of its figure.

    Attributes
    ----------
    id : str
        Name.
    after : Range
        After it.
    before : Range
        Prediction before the fit.
    case : str
        Case.
    family : str
        Family, by the scenario.
    left_out : Range | None
        By what the other cases say; None with one case.
    measured : float
        What was measured.
    """

    id: str
    after: Range
    before: Range
    case: str
    family: str
    left_out: Range | None = None
    measured: float


class Capacity(Input, frozen=True, kw_only=True):
    """How much a file system has to hold.

    Attributes
    ----------
    compression_ratio : float | AssumptionRange | None
        Size before over size after LZ4 of `data_gib`; a file of a workload has the workload's. Absent:
        ``1.0``.
    data_gib : float | AssumptionRange | None
        Data, GiB; what the workloads' files hold counts where that is more.
    growth_gib_per_month : float | AssumptionRange | None
        Growth of the data, GiB a month. Absent: ``0.0``.
    headroom : float | AssumptionRange | None
        Share of the usable capacity to keep free. Absent: ``0.0``.
    horizon_months : float | AssumptionRange | None
        Months the file system has to last. Absent: ``0.0``.
    read_again_gib_per_month : float | AssumptionRange | None
        INTELLIGENT_TIERING, without `tier_shares`: data that is read every month, the same each time, GiB;
        what is not read ages into the lower tiers.
    read_requests_per_month : float | AssumptionRange | None
        INTELLIGENT_TIERING: read requests a month, for the price.
    tier_shares : TierShares | None
        INTELLIGENT_TIERING: shares of the access tiers, for the price.
    write_requests_per_month : float | AssumptionRange | None
        INTELLIGENT_TIERING: write requests a month, for the price.
    """

    compression_ratio: float | AssumptionRange | None = None
    data_gib: float | AssumptionRange | None = None
    growth_gib_per_month: float | AssumptionRange | None = None
    headroom: float | AssumptionRange | None = None
    horizon_months: float | AssumptionRange | None = None
    read_again_gib_per_month: float | AssumptionRange | None = None
    read_requests_per_month: float | AssumptionRange | None = None
    tier_shares: TierShares | None = None
    write_requests_per_month: float | AssumptionRange | None = None


class Carried(Answer, frozen=True, kw_only=True):
    """How much of a workload a file system carries.

    Attributes
    ----------
    name : str
        Name of the workload.
    bottleneck : LimitId
        What stops it there, sustained.
    burst : Range | None
        The same while burst credits last; None where nothing bursts.
    clients : ClientsCarried
        Its clients.
    offered : float | None
        What it offers, or has as its target; None if it goes as fast as it goes.
    sustained : Range
        What it reaches with its clients as they are, if it offers all it can and the others what they offer;
        credits spent.
    times : float | None
        How many times that is carried, sustained, mid.
    unit : str
        Unit of the rates: MB/s of data, items a second of metadata.
    """

    name: str
    bottleneck: LimitId
    burst: Range | None = None
    clients: ClientsCarried
    offered: float | None = None
    sustained: Range
    times: float | None = None
    unit: str


class CatalogAnswer(Tabular, frozen=True, kw_only=True):
    """A table of the catalog, or the list of tables.

    Attributes
    ----------
    columns : tuple[CatalogColumn, ...]
        Its columns.
    rows : tuple[tuple[Any, ...], ...]
        Its rows, one value per column.
    table : str
        Name of the table.
    title : str
        What it holds.
    """

    columns: tuple[CatalogColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    table: str
    title: str


class CatalogColumn(Answer, frozen=True, kw_only=True):
    """A column of a table.

    Attributes
    ----------
    name : str
        Name, unit included.
    meaning : str
        Meaning.
    unit : str
        Unit, empty for text.
    """

    name: str
    meaning: str
    unit: str


class Checked(Answer, frozen=True, kw_only=True):
    """The answer of `check`.

    Attributes
    ----------
    file_systems : tuple[CheckedFileSystem, ...]
        Of a text of another tool: the file systems that it tells of, in the order of the findings.
    findings : tuple[Finding, ...]
        Errors, warnings and advice.
    """

    file_systems: tuple[CheckedFileSystem, ...] = ()
    findings: tuple[Finding, ...]


class CheckedFileSystem(Answer, frozen=True, kw_only=True):
    """A file system of a text of another tool.

    Attributes
    ----------
    name : str
        What the text calls it.
    findings : int
        How many of the findings are about it; they follow those about the file systems before it.
    """

    name: str
    findings: int


class Clients(Input, frozen=True, kw_only=True):
    """A group of equal clients.

    Attributes
    ----------
    name : str | None
        Name, by which workloads refer to the group.
    count : int | AssumptionRange | None
        Number of clients. Absent: ``1``.
    in_transit_encryption : bool | None
        Whether all traffic must be encrypted in transit. Absent: ``False``.
    instance_type : str | None
        EC2 instance type; without one, a client of 100 Gbit/s.
    interface : Interface | None
        Network interface. Absent: ``"ENA"``.
    network_gbps : float | AssumptionRange | None
        Line rate of one client, Gbit/s; overrides the instance's figure.
    same_availability_zone : bool | None
        Whether clients and file system share an Availability Zone. Absent: ``True``.
    """

    name: str | None = None
    count: int | AssumptionRange | None = None
    in_transit_encryption: bool | None = None
    instance_type: str | None = None
    interface: Interface | None = None
    network_gbps: float | AssumptionRange | None = None
    same_availability_zone: bool | None = None


class ClientsCarried(Answer, frozen=True, kw_only=True):
    """How many clients of a workload a file system feeds.

    Attributes
    ----------
    each : float | None
        What each offers, in the unit of the workload.
    most : int | None
        Most clients that get all they offer, sustained, mid; 0 if not even one does. None without an offered
        load, and for a workload on several client groups.
    now : int
        Clients there are.
    saturating : int | None
        Fewest clients, each as fast as it goes, that bring the workload within 5 % of the most that any
        number does. None for a workload on several client groups.
    """

    each: float | None = None
    most: int | None = None
    now: int
    saturating: int | None = None


class Compared(Tabular, frozen=True, kw_only=True):
    """The answer of [`compare`].

    Attributes
    ----------
    designs : tuple[ComparedDesign, ...]
        The designs, in the order given.
    differences : tuple[Difference, ...]
        The fields in which they differ.
    workloads : tuple[ComparedWorkload, ...]
        Workloads by name, in the order in which they first appear.
    """

    designs: tuple[ComparedDesign, ...]
    differences: tuple[Difference, ...]
    workloads: tuple[ComparedWorkload, ...]


class ComparedDesign(Answer, frozen=True, kw_only=True):
    """A design and its estimate.

    Attributes
    ----------
    name : str
        Its name.
    estimate : Estimate
        Its estimate.
    """

    name: str
    estimate: Estimate


class ComparedWorkload(Answer, frozen=True, kw_only=True):
    """What becomes of a workload in each design; `null` where a design does not have it.

    Attributes
    ----------
    name : str
        Its name.
    burst : tuple[float | None, ...]
        Rate while burst credits last, mid; the sustained one where nothing bursts.
    ratio : tuple[float | None, ...]
        Sustained rate over that of the first design that has the workload.
    seconds : tuple[float | None, ...]
        Time for all of the work, mid, seconds.
    sustained : tuple[float | None, ...]
        Sustained rate, mid.
    unit : str
        Unit of the rates.
    """

    name: str
    burst: tuple[float | None, ...]
    ratio: tuple[float | None, ...]
    seconds: tuple[float | None, ...]
    sustained: tuple[float | None, ...]
    unit: str


class Constraints(Input, frozen=True, kw_only=True):
    """What a file system may be.

    Attributes
    ----------
    backups : bool | None
        Whether it must have backups. Absent: ``False``.
    deployment_types : Sequence[DeploymentType]
        Deployment types; by default the persistent ones.
    efa : EfaChoice | None
        Whether it has EFA. Absent: ``"either"``.
    file_system_type_version : str | None
        Lustre version.
    in_transit_encryption : bool | None
        Whether traffic must be encrypted. Absent: ``False``.
    max_metadata_iops : int | None
        Most Metadata IOPS to provision.
    max_storage_capacity_gib : int | None
        Most storage capacity, GiB, such as the account's quota.
    max_throughput_capacity_mb_per_s : int | None
        Most throughput capacity, MB/s (INTELLIGENT_TIERING), such as the account's quota.
    max_usd_per_month : float | None
        Most it may cost, USD a month.
    metadata_configuration : MetadataChoice | None
        Whether PERSISTENT_2 has a metadata configuration. Absent: ``"required"``.
    per_unit_storage_throughput : Sequence[int]
        Throughput tiers, MB/s per TiB; by default all.
    s3_link : bool | None
        Whether it must be possible to link it to S3. Absent: ``False``.
    storage_types : Sequence[StorageType]
        Storage classes; by default all.
    """

    backups: bool | None = None
    deployment_types: Sequence[DeploymentType] = ()
    efa: EfaChoice | None = None
    file_system_type_version: str | None = None
    in_transit_encryption: bool | None = None
    max_metadata_iops: int | None = None
    max_storage_capacity_gib: int | None = None
    max_throughput_capacity_mb_per_s: int | None = None
    max_usd_per_month: float | None = None
    metadata_configuration: MetadataChoice | None = None
    per_unit_storage_throughput: Sequence[int] = ()
    s3_link: bool | None = None
    storage_types: Sequence[StorageType] = ()


class Contention(Answer, frozen=True, kw_only=True):
    """What a workload loses to others that run at the same time.

    Attributes
    ----------
    alone : float
        Its sustained rate with the file system to itself.
    at : LimitId
        The shared part where it waits for them.
    share : float
        Share of that rate it keeps.
    unit : str
        Unit of `alone`.
    """

    alone: float
    at: LimitId
    share: float
    unit: str


class CopyBottleneck(Answer, frozen=True, kw_only=True):
    """What holds a copy back.

    Attributes
    ----------
    limit : LimitId
        The part that holds it back.
    operation : Operation
        `read` from the old file system or `write` to the new one.
    """

    limit: LimitId
    operation: Operation


class Cost(Tabular, frozen=True, kw_only=True):
    """What a design costs at list prices, before tax and discounts.

    Attributes
    ----------
    lines : tuple[CostLine, ...]
        What is billed.
    missing : tuple[Missing, ...]
        What is billed but not counted, or not in full.
    partial : bool
        Whether something is billed that no line counts.
    usd_per_hour : float
        The same for an hour in which the file system exists.
    usd_per_month : float
        Sum of the lines, US dollars a month.
    """

    lines: tuple[CostLine, ...]
    missing: tuple[Missing, ...]
    partial: bool
    usd_per_hour: float
    usd_per_month: float


class CostLine(Answer, frozen=True, kw_only=True):
    """One line of a cost.

    Attributes
    ----------
    as_of : str | None
        When the price was read; None if the scenario does not say.
    item : str
        What is billed, by the word of the table `prices`, or `ec2.on_demand.` and an instance type.
    quantity : float
        How much of it in a month, in `unit`; of what is metered by the month, the share in which it exists.
    rate_usd : float
        Price of one unit, US dollars.
    source : str
        Ids of the sources of the price, or what the scenario says.
    status : Status
        How far the price can be trusted.
    unit : str
        What the price is for.
    usd_per_month : float
        Quantity × price, US dollars.
    """

    as_of: str | None = None
    item: str
    quantity: float
    rate_usd: float
    source: str
    status: Status
    unit: str
    usd_per_month: float


class CreditPoint(Answer, frozen=True, kw_only=True):
    """How long credits carry a rate.

    Attributes
    ----------
    lasts_s : Range | None
        How long, seconds; None if for ever.
    throughput_mb_per_s : float
        The rate, MB/s.
    """

    lasts_s: Range | None = None
    throughput_mb_per_s: float


class CurrentFileSystem(Answer, frozen=True, kw_only=True):
    """The file system one has.

    Attributes
    ----------
    cost : Cost
        What it costs.
    family : str
        Its kind.
    file_system : FileSystem
        The file system.
    met_share : float | None
        Share of the draws in which it meets all, where `uncertainty` was asked for.
    targets : tuple[TargetReached, ...]
        How far it meets each target.
    why_not : str | None
        Why it does not do what is asked; None if it does.
    """

    cost: Cost
    family: str
    file_system: FileSystem
    met_share: float | None = None
    targets: tuple[TargetReached, ...]
    why_not: str | None = None


class DataRepositoryAssociation(Input, frozen=True, kw_only=True):
    """A link between a directory and an S3 prefix.

    Attributes
    ----------
    auto_export : Sequence[RepositoryEvent]
        Events exported automatically.
    auto_import : Sequence[RepositoryEvent]
        Events imported automatically.
    batch_import_metadata_on_create : bool | None
        Whether the metadata are imported when the link is made. Absent: ``False``.
    bucket_account : BucketAccount | None
        Account of the bucket. Absent: ``"same"``.
    bucket_region : str | None
        Region of the bucket; by default the scenario's.
    data_repository_path : str
        Bucket and prefix.
    encryption : BucketEncryption | None
        Encryption of the bucket. Absent: ``"SSE-S3"``.
    file_system_path : str
        Directory.
    imported_file_chunk_size_mib : int | None
        Size above which an imported file is striped wider, MiB. Absent: ``1024``.
    mean_object_size_mib : float | None
        Mean size of an object, MiB.
    object_count : int | None
        Objects under the prefix.
    """

    auto_export: Sequence[RepositoryEvent] = ()
    auto_import: Sequence[RepositoryEvent] = ()
    batch_import_metadata_on_create: bool | None = None
    bucket_account: BucketAccount | None = None
    bucket_region: str | None = None
    data_repository_path: str
    encryption: BucketEncryption | None = None
    file_system_path: str
    imported_file_chunk_size_mib: int | None = None
    mean_object_size_mib: float | None = None
    object_count: int | None = None


class DefaultTaken(Answer, frozen=True, kw_only=True):
    """A default that was taken because the input left a field out.

    Attributes
    ----------
    field : str
        Path of the field, such as `workloads[0].io_size_kib`.
    value : Any
        The value that was taken.
    """

    field: str
    value: Any


class Deploy(Input, frozen=True, kw_only=True):
    """What an export needs and no answer depends on.

    Attributes
    ----------
    dns_name : str | None
        Its DNS name; by default that of the id.
    file_system_id : str | None
        Id of the file system, if it is there already: an export that mounts it then names it.
    kms_key_id : str | None
        KMS key; absent or empty: the service's own.
    log_destination : str | None
        ARN of the log group or delivery stream.
    log_level : LogLevel | None
        Which events of S3 links are logged.
    mount_name : str | None
        Its mount name.
    no_squash_nids : Sequence[str]
        Clients whose root stays root, as Lustre network ids.
    root_squash : str | None
        User and group that root is taken for, UID:GID; absent: root is root.
    security_group_ids : Sequence[str]
        Security group ids; none: the default group of the VPC.
    subnet_id : str | None
        Subnet id; without one, an export writes a placeholder of valid form.
    tags : Mapping[str, str] | None
        Tags.
    weekly_maintenance_start_time : str | None
        When the weekly maintenance window opens, d:HH:MM in UTC, Monday is 1; by default AWS chooses.
    """

    dns_name: str | None = None
    file_system_id: str | None = None
    kms_key_id: str | None = None
    log_destination: str | None = None
    log_level: LogLevel | None = None
    mount_name: str | None = None
    no_squash_nids: Sequence[str] = ()
    root_squash: str | None = None
    security_group_ids: Sequence[str] = ()
    subnet_id: str | None = None
    tags: Mapping[str, str] | None = None
    weekly_maintenance_start_time: str | None = None


class Difference(Answer, frozen=True, kw_only=True):
    """A field in which the designs differ.

    Attributes
    ----------
    field : str
        Path of the field.
    values : tuple[Any, ...]
        Its value in each design; None where it is not given.
    """

    field: str
    values: tuple[Any, ...]


class DirectorySize(Input, frozen=True, kw_only=True):
    """A directory and the files in it.

    Attributes
    ----------
    files : int
        Files in it, without those of directories in it.
    path : str
        Its path.
    """

    files: int
    path: str


class Draft(Drafted, frozen=True, kw_only=True):
    """As much of a scenario as a text tells: without a file system it is a requirement in the making.

    Attributes
    ----------
    assumptions : Mapping[str, float | bool | AssumptionRange] | None
        Assumptions to override, by id.
    backup : Backup | None
        Backups.
    capacity : Capacity | None
        How much has to be held, for a plan.
    clients : Clients | Sequence[Clients] | None
        Client groups.
    cloudwatch : Sequence[PartUtilization]
        What CloudWatch says of a file system that exists.
    deploy : Deploy | None
        What an export needs and no answer depends on.
    file_system : FileSystem | None
        The file system, if the text describes one.
    jobs : Sequence[Job]
        Jobs.
    pricing : Pricing | None
        How to price it.
    region : str | None
        AWS Region or Local Zone.
    workloads : Sequence[Workload]
        Loads.
    """

    assumptions: Mapping[str, float | bool | AssumptionRange] | None = None
    backup: Backup | None = None
    capacity: Capacity | None = None
    clients: Clients | Sequence[Clients] | None = None
    cloudwatch: Sequence[PartUtilization] = ()
    deploy: Deploy | None = None
    file_system: FileSystem | None = None
    jobs: Sequence[Job] = ()
    pricing: Pricing | None = None
    region: str | None = None
    workloads: Sequence[Workload] = ()


class EfaBreakEven(Tabular, frozen=True, kw_only=True):
    """The answer of [`efa_break_even`].

    Attributes
    ----------
    advised_above_mb_per_s : float
        Throughput capacity above which AWS advises EFA, MB/s.
    assumptions : tuple[AssumptionUse, ...]
        The assumptions it rests on.
    cells : tuple[EfaCell, ...]
        The grid: for each number of clients, each rate.
    defaults : tuple[DefaultTaken, ...]
        Defaults that were taken.
    findings : tuple[Finding, ...]
        Warnings.
    model : ModelVersion
        Versions of model and catalog.
    rates_mb_per_s : tuple[float, ...]
        The rates of the grid, of all clients together, MB/s.
    rows : tuple[EfaRow, ...]
        One entry per number of clients, the fewest first.
    """

    advised_above_mb_per_s: float
    assumptions: tuple[AssumptionUse, ...]
    cells: tuple[EfaCell, ...]
    defaults: tuple[DefaultTaken, ...]
    findings: tuple[Finding, ...]
    model: ModelVersion
    rates_mb_per_s: tuple[float, ...]
    rows: tuple[EfaRow, ...]


class EfaCell(Answer, frozen=True, kw_only=True):
    """The costs of a number of clients and a rate.

    Attributes
    ----------
    clients : int
        Clients.
    efa_usd_per_month : float | None
        The cheapest with EFA, clients over EFA, US dollars a month; None if none does it.
    ena_usd_per_month : float | None
        The cheapest without EFA, clients over ENA, US dollars a month; None if none does it.
    partial : bool
        Whether something of either is billed that these do not count: then neither is called the cheaper one.
    rate_mb_per_s : float
        Rate of all of them together, MB/s.
    """

    clients: int
    efa_usd_per_month: float | None = None
    ena_usd_per_month: float | None = None
    partial: bool
    rate_mb_per_s: float


class EfaRow(Answer, frozen=True, kw_only=True):
    """Where EFA pays for a number of clients.

    Attributes
    ----------
    break_even : BreakEven | None
        Where EFA begins to pay; None if it never does.
    clients : int
        Clients.
    efa_least : Bought | None
        The cheapest with EFA at the first rate of the grid: the least that EFA takes.
    efa_up_to_mb_per_s : float | None
        The same over EFA.
    ena_up_to_mb_per_s : float | None
        Most that any file system carries over ENA, to 0.1 %, MB/s; 0 if not even the first rate of the grid,
        None if more than its last.
    reason : str
        Why there, or why never.
    """

    break_even: BreakEven | None = None
    clients: int
    efa_least: Bought | None = None
    efa_up_to_mb_per_s: float | None = None
    ena_up_to_mb_per_s: float | None = None
    reason: str


class Errors(Answer, frozen=True, kw_only=True):
    """How far off predictions are.

    Attributes
    ----------
    inside : float
        Share of the measurements inside their 90 % interval.
    median : float
        Median.
    p90 : float
        90th percentile.
    """

    inside: float
    median: float
    p90: float


class Estimate(Shown, frozen=True, kw_only=True):
    """The answer of `estimate`.

    Attributes
    ----------
    assumptions : tuple[AssumptionUse, ...]
        The assumptions the estimate rests on.
    cost : Cost | None
        What it costs; absent from the estimate of a change.
    defaults : tuple[DefaultTaken, ...]
        Defaults that were taken.
    file_system : FileSystemFigures
        Published figures × capacity, and counts.
    findings : tuple[Finding, ...]
        Warnings and advice.
    head_room : tuple[HeadRoom, ...]
        What is left of the parts of a file system that exists, the least first; absent where the scenario
        tells of none.
    jobs : tuple[JobEstimate, ...]
        What its jobs do, in their own words; none in the estimate of a change.
    model : ModelVersion
        Versions of model and catalog.
    workloads : tuple[WorkloadEstimate, ...]
        One answer per workload, in the order of the scenario.
    """

    assumptions: tuple[AssumptionUse, ...]
    cost: Cost | None = None
    defaults: tuple[DefaultTaken, ...]
    file_system: FileSystemFigures
    findings: tuple[Finding, ...]
    head_room: tuple[HeadRoom, ...] = ()
    jobs: tuple[JobEstimate, ...]
    model: ModelVersion
    workloads: tuple[WorkloadEstimate, ...]


class Excluded(Answer, frozen=True, kw_only=True):
    """A measurement that cannot.

    Attributes
    ----------
    id : str
        Its id.
    reason : str
        Why.
    """

    id: str
    reason: str


class Exported(Answer, frozen=True, kw_only=True):
    """The answer of `export`.

    Attributes
    ----------
    file_name : str
        A name for the file.
    findings : tuple[Finding, ...]
        Warnings about the design, what the tool cannot express, and what was filled in.
    text : str
        What stands in it.
    """

    file_name: str
    findings: tuple[Finding, ...]
    text: str


class FieldChange(Answer, frozen=True, kw_only=True):
    """A field that an update changes.

    Attributes
    ----------
    field : str
        Its path.
    from_ : str
        What stands there before; empty if nothing does.
    to : str
        What stands there afterwards.
    """

    field: str
    from_: str = msgspec.field(name="from")
    to: str


class FigureWorking(Answer, frozen=True, kw_only=True):
    """How a figure follows from others, with their mid values filled in.

    Attributes
    ----------
    assumptions : tuple[str, ...]
        Ids of the assumptions in it.
    figure : str
        The figure: the name of its field beside this list.
    formula : str
        Its formula with the numbers filled in.
    sources : tuple[str, ...]
        Ids of the sources of the published figures in it.
    """

    assumptions: tuple[str, ...]
    figure: str
    formula: str
    sources: tuple[str, ...]


class Figures(Answer, frozen=True, kw_only=True):
    """Figures of a preset.

    Attributes
    ----------
    accelerator : str | None
        Accelerator whose compute time it is; None: not named.
    accelerator_utilization_mark : float | None
        Compute time over total time that a run must reach; None: none asked for.
    batch : int | None
        Samples per step of one accelerator.
    bytes_per_parameter : float | None
        Weights and optimiser state of a parameter.
    compute_s : float | None
        Compute time of a step.
    data_set_gib : float | None
        Derived: size of the data set with `file_count` files.
    demand_at_mark_mb_per_s_per_accelerator : float | None
        Derived: that times the mark.
    demand_mb_per_s_per_accelerator : float | None
        Derived: `batch × sample_bytes / compute_s`, what one accelerator reads that never waits.
    epochs : int | None
        Passes over the data set; None: a number of steps is run instead.
    file_count : int | None
        Files as configured.
    file_count_grows : bool | None
        Whether the benchmark's rules ask for more files, by the memory of the clients.
    files : int | None
        Files of one checkpoint.
    files_per_rank : float | None
        Derived: `files / ranks`, a mean.
    files_per_s_per_accelerator : float | None
        Derived: files that these samples fill.
    format : str | None
        File format.
    items : int | None
        Items of one such job.
    largest_rank_gib : float | None
        What the process with the most to write writes.
    model : str | None
        Model.
    opens : float | None
        Opens of an item.
    operations_per_s : float | None
        Operations a second of one such job.
    parameters : float | None
        Parameters that follow from its dimensions.
    phases : tuple[Phase, ...]
        Its phases, one after the other.
    published_size : float | None
        Size as printed, in `published_unit`.
    published_unit : str | None
        Unit as printed.
    ranks : int | None
        Processes that write at once.
    readers : int | None
        Reader threads per accelerator.
    sample_bytes : float | None
        Mean size of what is read of a sample.
    sample_bytes_deviation : float | None
        Standard deviation of it; None: all alike.
    samples_per_file : int | None
        Samples in a file.
    samples_per_s_per_accelerator : float | None
        Derived: `batch / compute_s`, of one accelerator that never waits.
    size_gib : float | None
        Derived: `parameters × bytes_per_parameter`.
    smallest_rank_gib : float | None
        What the process with the least to write writes.
    stats : float | None
        Attribute reads of an item.
    stored_sample_bytes : float | None
        What a sample takes in its file; None: all of it is read.
    """

    accelerator: str | None = None
    accelerator_utilization_mark: float | None = None
    batch: int | None = None
    bytes_per_parameter: float | None = None
    compute_s: float | None = None
    data_set_gib: float | None = None
    demand_at_mark_mb_per_s_per_accelerator: float | None = None
    demand_mb_per_s_per_accelerator: float | None = None
    epochs: int | None = None
    file_count: int | None = None
    file_count_grows: bool | None = None
    files: int | None = None
    files_per_rank: float | None = None
    files_per_s_per_accelerator: float | None = None
    format: str | None = None
    items: int | None = None
    largest_rank_gib: float | None = None
    model: str | None = None
    opens: float | None = None
    operations_per_s: float | None = None
    parameters: float | None = None
    phases: tuple[Phase, ...] = ()
    published_size: float | None = None
    published_unit: str | None = None
    ranks: int | None = None
    readers: int | None = None
    sample_bytes: float | None = None
    sample_bytes_deviation: float | None = None
    samples_per_file: int | None = None
    samples_per_s_per_accelerator: float | None = None
    size_gib: float | None = None
    smallest_rank_gib: float | None = None
    stats: float | None = None
    stored_sample_bytes: float | None = None


class FileSystem(Input, frozen=True, kw_only=True):
    """An FSx for Lustre file system, in the words of the AWS API.

    Attributes
    ----------
    credits_at_start : float | None
        Share of the burst reservoir that is full, 0 to 1. Absent: ``1.0``.
    data_compression_type : DataCompressionType | None
        Compression. Absent: ``"NONE"``.
    data_repository_associations : Sequence[DataRepositoryAssociation]
        Links to S3.
    deployment_type : DeploymentType
        Deployment type; no default.
    drive_cache_type : DriveCacheType | None
        SSD read cache; HDD only, required there.
    efa_enabled : bool | None
        Whether the file system was created with EFA. Absent: ``False``.
    file_system_type_version : str | None
        Lustre version; by default the newest the type allows.
    fill : float | None
        Share of the usable capacity in use, 0 to 1. Absent: ``0.5``.
    layout : Layout | None
        Layout of the files.
    metadata_configuration : MetadataConfiguration | None
        Metadata configuration; absent means none.
    per_unit_storage_throughput : int | None
        Throughput tier, MB/s per TiB; not with SCRATCH types or INTELLIGENT_TIERING.
    read_cache : ReadCache | None
        SSD read cache; INTELLIGENT_TIERING only, required there.
    storage_capacity_gib : int | None
        Storage capacity, GiB; not with INTELLIGENT_TIERING.
    storage_type : StorageType | None
        Storage class. Absent: ``"SSD"``.
    stored : Stored | None
        What an INTELLIGENT_TIERING file system stores and serves.
    throughput_capacity_mb_per_s : int | None
        Throughput capacity, MB/s; INTELLIGENT_TIERING only.
    """

    credits_at_start: float | None = None
    data_compression_type: DataCompressionType | None = None
    data_repository_associations: Sequence[DataRepositoryAssociation] = ()
    deployment_type: DeploymentType
    drive_cache_type: DriveCacheType | None = None
    efa_enabled: bool | None = None
    file_system_type_version: str | None = None
    fill: float | None = None
    layout: Layout | None = None
    metadata_configuration: MetadataConfiguration | None = None
    per_unit_storage_throughput: int | None = None
    read_cache: ReadCache | None = None
    storage_capacity_gib: int | None = None
    storage_type: StorageType | None = None
    stored: Stored | None = None
    throughput_capacity_mb_per_s: int | None = None


class FileSystemFigures(Answer, frozen=True, kw_only=True):
    """Published figures × capacity or steps of throughput capacity (no assumption applied but
    `usable_capacity_gib` and,
    where AWS gives no target size, `ost_count`), and counts. `null`: nothing published, or elastic. The disks
    of
    Intelligent-Tiering are its throughput capacity.

    Attributes
    ----------
    disk_read_baseline_mb_per_s : float

    disk_read_burst_mb_per_s : float

    disk_write_baseline_mb_per_s : float

    disk_write_burst_mb_per_s : float

    mds_count : int

    mdt_count : int

    metadata_iops : int | None

    network_baseline_mb_per_s : float | None

    network_burst_mb_per_s : float | None

    oss_count : int

    ost_count : int

    server_memory_gib : float | None

    ssd_cache_gib : float

    usable_capacity_gib : float | None

    workings : tuple[FigureWorking, ...]
        How they follow from what is published and ordered; none in the estimate of a change.
    """

    disk_read_baseline_mb_per_s: float
    disk_read_burst_mb_per_s: float
    disk_write_baseline_mb_per_s: float
    disk_write_burst_mb_per_s: float
    mds_count: int
    mdt_count: int
    metadata_iops: int | None = None
    network_baseline_mb_per_s: float | None = None
    network_burst_mb_per_s: float | None = None
    oss_count: int
    ost_count: int
    server_memory_gib: float | None = None
    ssd_cache_gib: float
    usable_capacity_gib: float | None = None
    workings: tuple[FigureWorking, ...] = ()


class Finding(Answer, frozen=True, kw_only=True):
    """One thing to know about an input: which field, which value, why, and what to do.

    Attributes
    ----------
    code : str
        Stable code, such as `FSX-CAPACITY-STEP`; `INPUT-…` where the input was not understood.
    severity : Severity
        How serious it is.
    field : str
        Path of the field, such as `file_system.storage_capacity_gib`.
    fix : str
        The nearest value that is right, or what to do; empty if there is none.
    message : str
        What is wrong, with the limit; starts in lower case, no final stop.
    sources : tuple[str, ...]
        Ids of the sources of the rule.
    value : str
        The value found there, as written; empty if the field is absent.
    """

    code: str
    severity: Severity
    field: str
    fix: str
    message: str
    sources: tuple[str, ...]
    value: str


class Flat(Answer, frozen=True, kw_only=True):
    """Where the total is nearly the least.

    Attributes
    ----------
    least_usd_per_month : float
        The least that the file system costs on a point there, US dollars a month.
    least_useful_share : float
        The share of the time that is work with the cheapest of them.
    most_usd_per_month : float
        The most.
    most_useful_share : float
        With the dearest.
    within : float
        How much above the least still counts, as a share of it.
    """

    least_usd_per_month: float
    least_useful_share: float
    most_usd_per_month: float
    most_useful_share: float
    within: float


class FromHere(Answer, frozen=True, kw_only=True):
    """The file system one has, what can be made of it, and what would take its place.

    Attributes
    ----------
    assumptions : tuple[AssumptionUse, ...]
        The assumptions that this rests on.
    current : CurrentFileSystem
        The file system as it is.
    new_file_system : NewFileSystem | None
        The plan's best as a new file system, where the rules keep the old one from becoming it and it is
        cheaper than what can be made of that.
    reachable : Proposal | None
        The best that updates make of it, if that is better, or if it does not do as it is what is asked; None
        otherwise.
    """

    assumptions: tuple[AssumptionUse, ...]
    current: CurrentFileSystem
    new_file_system: NewFileSystem | None = None
    reachable: Proposal | None = None


class FrontierPoint(Answer, frozen=True, kw_only=True):
    """The least that a value costs.

    Attributes
    ----------
    family : str
        Its kind.
    file_system : FileSystem
        The file system.
    unit : str
        Unit of the value.
    usd_per_month : float
        Cost.
    value : float
        What the target's figure becomes; with several targets, how many times all of them.
    """

    family: str
    file_system: FileSystem
    unit: str
    usd_per_month: float
    value: float


class Group(Answer, frozen=True, kw_only=True):
    """How far off some predictions are.

    Attributes
    ----------
    id : str
        Family, or what else they have in common.
    cases : int
        Independent cases.
    inside : float
        Share of the measurements inside their 90 % interval.
    median : float
        Median error.
    p90 : float
        90th percentile of the error.
    rows : int
        Measurements.
    width : float
        Median of high over low.
    """

    id: str
    cases: int
    inside: float
    median: float
    p90: float
    rows: int
    width: float


class HeadRoom(Answer, frozen=True, kw_only=True):
    """A part of the file system and what is left of it.

    Attributes
    ----------
    head_room_percent : float
        What is left in the busiest period, percent; 0 where it is above 100 on burst credits.
    limit : LimitId | None
        The limit that it comes up against; None for space.
    max_percent : float
        Use in the busiest period, percent.
    mean_percent : float
        Mean use, percent.
    metric : UtilizationMetric
        The metric of CloudWatch.
    part : str
        The server or target.
    """

    head_room_percent: float
    limit: LimitId | None = None
    max_percent: float
    mean_percent: float
    metric: UtilizationMetric
    part: str


class Imported(Answer, frozen=True, kw_only=True):
    """The answer of `import`.

    Attributes
    ----------
    name : str
        What the text calls it.
    findings : tuple[Finding, ...]
        What was not carried over, and what was assumed.
    scenario : Draft
        As much of a scenario as the text tells.
    toml : str
        The same in TOML.
    """

    name: str
    findings: tuple[Finding, ...]
    scenario: Draft
    toml: str


class Job(Input, frozen=True, kw_only=True):
    """A job: a preset, own numbers, or both.

    Attributes
    ----------
    name : str | None
        Name.
    kind : JobKind | None
        Kind; may come from the preset.
    accelerators_per_client : int | AssumptionRange | None
        Accelerators on each client.
    asynchronous : bool | None
        Whether training goes on while a checkpoint is written.
    batch : int | AssumptionRange | None
        Samples per batch.
    blocking_s : float | AssumptionRange | None
        How long training stops for an asynchronous checkpoint, while it is copied to the host, seconds.
    bytes_per_parameter : float | AssumptionRange | None
        Bytes per parameter in a checkpoint.
    client_cache : bool | None
        Whether the clients' memory counts as a cache.
    client_count : int | AssumptionRange | None
        Clients that take part.
    clients : str | None
        Client group.
    compute_s : float | AssumptionRange | None
        Compute time per batch, seconds.
    data_in : DataIn | None
        Where the samples lie when the first epoch begins.
    directories : int | AssumptionRange | None
        Directories they are spread over.
    epochs : int | AssumptionRange | None
        Epochs.
    file_count : int | AssumptionRange | None
        Files.
    files_per_rank : int | AssumptionRange | None
        Files each rank writes.
    items : int | AssumptionRange | None
        Items of a metadata job.
    keep : int | AssumptionRange | None
        Checkpoints that are kept: so many hold data at once, for a plan. Absent: ``1``.
    mean_object_size_mib : float | AssumptionRange | None
        Their mean size, MiB.
    mean_time_to_failure_h : float | AssumptionRange | None
        Mean time to failure, hours.
    object_count : int | AssumptionRange | None
        Objects or files handled.
    operations : OperationCounts | None
        Operations per item.
    operations_per_s : float | AssumptionRange | None
        Operations a second that a metadata job issues; absent: as many as it can.
    order : Order | None
        Order of the samples over epochs.
    parameters : float | AssumptionRange | None
        Parameters of the model.
    prefetch_batches : int | AssumptionRange | None
        Batches fetched ahead.
    preset : str | None
        Id of a preset that gives kind and numbers.
    processes_per_client : int | AssumptionRange | None
        Processes on each client.
    ranks : int | AssumptionRange | None
        Ranks that write.
    readers : int | AssumptionRange | None
        Reader threads per accelerator.
    restart_s : float | AssumptionRange | None
        Restart time, seconds.
    sample_bytes : float | AssumptionRange | None
        Mean size of a sample, bytes.
    sample_bytes_deviation : float | AssumptionRange | None
        Standard deviation of it, bytes.
    samples : int | AssumptionRange | None
        Samples in the data set.
    samples_per_file : int | AssumptionRange | None
        Samples in a file.
    shared_directory : bool | None
        Whether all items are in one directory.
    size_gib : float | AssumptionRange | None
        Size of a checkpoint, GiB.
    target : JobTarget | None
        What it has to reach.
    target_s : float | AssumptionRange | None
        Time a checkpoint should take, seconds.
    """

    name: str | None = None
    kind: JobKind | None = None
    accelerators_per_client: int | AssumptionRange | None = None
    asynchronous: bool | None = None
    batch: int | AssumptionRange | None = None
    blocking_s: float | AssumptionRange | None = None
    bytes_per_parameter: float | AssumptionRange | None = None
    client_cache: bool | None = None
    client_count: int | AssumptionRange | None = None
    clients: str | None = None
    compute_s: float | AssumptionRange | None = None
    data_in: DataIn | None = None
    directories: int | AssumptionRange | None = None
    epochs: int | AssumptionRange | None = None
    file_count: int | AssumptionRange | None = None
    files_per_rank: int | AssumptionRange | None = None
    items: int | AssumptionRange | None = None
    keep: int | AssumptionRange | None = None
    mean_object_size_mib: float | AssumptionRange | None = None
    mean_time_to_failure_h: float | AssumptionRange | None = None
    object_count: int | AssumptionRange | None = None
    operations: OperationCounts | None = None
    operations_per_s: float | AssumptionRange | None = None
    order: Order | None = None
    parameters: float | AssumptionRange | None = None
    prefetch_batches: int | AssumptionRange | None = None
    preset: str | None = None
    processes_per_client: int | AssumptionRange | None = None
    ranks: int | AssumptionRange | None = None
    readers: int | AssumptionRange | None = None
    restart_s: float | AssumptionRange | None = None
    sample_bytes: float | AssumptionRange | None = None
    sample_bytes_deviation: float | AssumptionRange | None = None
    samples: int | AssumptionRange | None = None
    samples_per_file: int | AssumptionRange | None = None
    shared_directory: bool | None = None
    size_gib: float | AssumptionRange | None = None
    target: JobTarget | None = None
    target_s: float | AssumptionRange | None = None


class JobEstimate(Answer, frozen=True, kw_only=True):
    """What a job does on a file system.

    Attributes
    ----------
    name : str
        Name of the job, and of the workload that stands for it among `workloads`.
    kind : JobKind
        Its kind.
    accelerator_utilization : Range | None
        Share of their time that the accelerators compute, in all epochs but the first.
    accelerator_utilization_in_burst : Range | None
        The same while burst credits last; absent where that is no more.
    accelerator_utilization_while_saving : Range | None
        The same while a checkpoint is written; absent where none is, or training on its clients stands
        meanwhile.
    accelerators : float | None
        Accelerators that train.
    accelerators_fed : Range | None
        Accelerators of this kind that the storage rate of later epochs keeps so busy.
    bottleneck : LimitId | None
        What stops later epochs; None if that is the accelerators.
    demand_mb_per_s_per_accelerator : Range | None
        What one accelerator reads when it never waits, MB/s: batch × sample / compute time.
    export_s : Range | None
        Time until automatic export has brought all of it to S3, once it is saved, seconds; absent without a
        link that exports.
    file_system_usd_per_month : float | None
        Price of the file system to hold against it, US dollars a month.
    files : float | None
        Files of a checkpoint.
    files_per_s : Range | None
        Files or items a second, of the first step; None where all share one file.
    first_epoch_bottleneck : LimitId | None
        What stops the first epoch; None if that is the accelerators.
    first_epoch_s : Range | None
        Time of the first epoch, seconds.
    goodput : Range | None
        Share of the time not lost to checkpoints, failures and restarts; absent without
        `mean_time_to_failure_h`.
    idle_clients_usd_per_epoch : float | None
        Of that, clients whose accelerators wait, US dollars; None where their price is not known.
    idle_clients_usd_per_month : float | None
        The clients' price of the time that is lost, US dollars a month; None where it is not known.
    interval_s : Range | None
        Work between two checkpoints, by Daly, seconds; absent without `mean_time_to_failure_h`.
    lag_s : Range | None
        How long a change in the bucket takes to show at least, where it is imported automatically, seconds;
        of an import.
    later_epoch_s : Range | None
        Time of each later epoch, seconds.
    operations_per_s : Range | None
        Operations a second, of the first step: I/Os of the application, or metadata operations.
    preload_s : Range | None
        Time in which these clients would load all files from S3 in bulk, before a first epoch that then is as
        a later one, seconds; absent where they do not lie there.
    preset : str | None
        The preset its numbers come from.
    ranks : float | None
        Ranks that save.
    required_mb_per_s : Range | None
        Rate that `target_s` or `target.save_s` asks for, MB/s; absent without one.
    restore_bottleneck : LimitId | None
        What stops it.
    restore_s : Range | None
        Time until the last rank has read its part again, while training on the same clients stands, seconds.
    samples : float | None
        Samples of an epoch.
    samples_per_s : Range | None
        Samples a second: accelerators × batch / compute time × utilization.
    save_bottleneck : LimitId | None
        What stops it.
    save_s : Range | None
        Time until the last rank has saved, beside everything else that goes on, seconds: training on the same
        clients stands while a synchronous one is saved.
    seconds : Range | None
        Time of all steps, seconds.
    size_gib : Range | None
        Size of a checkpoint, GiB.
    stall_share : Range | None
        Share of their time that the accelerators wait for data.
    steps : tuple[StepFigures, ...]
        Every step, where there are several.
    throughput_mb_per_s : Range | None
        Data rate of the first step, MB/s; None for metadata.
    usd_per_epoch : float | None
        File system, and clients where their price is known, for a later epoch, US dollars.
    wanted_accelerator_utilization : float | None
        The utilization that `accelerators_fed` counts for: the target's, else the preset's mark.
    workings : tuple[FigureWorking, ...]
        How they follow from others; none of a plan's alternatives.
    """

    name: str
    kind: JobKind
    accelerator_utilization: Range | None = None
    accelerator_utilization_in_burst: Range | None = None
    accelerator_utilization_while_saving: Range | None = None
    accelerators: float | None = None
    accelerators_fed: Range | None = None
    bottleneck: LimitId | None = None
    demand_mb_per_s_per_accelerator: Range | None = None
    export_s: Range | None = None
    file_system_usd_per_month: float | None = None
    files: float | None = None
    files_per_s: Range | None = None
    first_epoch_bottleneck: LimitId | None = None
    first_epoch_s: Range | None = None
    goodput: Range | None = None
    idle_clients_usd_per_epoch: float | None = None
    idle_clients_usd_per_month: float | None = None
    interval_s: Range | None = None
    lag_s: Range | None = None
    later_epoch_s: Range | None = None
    operations_per_s: Range | None = None
    preload_s: Range | None = None
    preset: str | None = None
    ranks: float | None = None
    required_mb_per_s: Range | None = None
    restore_bottleneck: LimitId | None = None
    restore_s: Range | None = None
    samples: float | None = None
    samples_per_s: Range | None = None
    save_bottleneck: LimitId | None = None
    save_s: Range | None = None
    seconds: Range | None = None
    size_gib: Range | None = None
    stall_share: Range | None = None
    steps: tuple[StepFigures, ...] = ()
    throughput_mb_per_s: Range | None = None
    usd_per_epoch: float | None = None
    wanted_accelerator_utilization: float | None = None
    workings: tuple[FigureWorking, ...] = ()


class JobTarget(Input, frozen=True, kw_only=True):
    """What a job has to reach; all figures given hold at once.

    Attributes
    ----------
    accelerator_utilization : float | AssumptionRange | None
        Training: least share of their time that the accelerators compute.
    goodput : float | AssumptionRange | None
        Checkpoint: least share of the time that is not lost to checkpoints and failures.
    regime : TargetRegime | None
        With or without burst credits. Absent: ``"sustained"``.
    restore_s : float | AssumptionRange | None
        Checkpoint: longest time of restoring one, seconds.
    save_s : float | AssumptionRange | None
        Checkpoint: longest time of saving one, seconds.
    seconds : float | AssumptionRange | None
        Other jobs: longest time of all of it, seconds.
    """

    accelerator_utilization: float | AssumptionRange | None = None
    goodput: float | AssumptionRange | None = None
    regime: TargetRegime | None = None
    restore_s: float | AssumptionRange | None = None
    save_s: float | AssumptionRange | None = None
    seconds: float | AssumptionRange | None = None


class JobTotal(Answer, frozen=True, kw_only=True):
    """A job from its beginning to its end.

    Attributes
    ----------
    clients_usd : float
        All clients for so long, US dollars.
    file_system_usd : float
        The file system for so long, US dollars.
    hours : float
        Time it takes: `compute_hours` over the share that is work.
    usd : float
        Both.
    """

    clients_usd: float
    file_system_usd: float
    hours: float
    usd: float


class Layout(Input, frozen=True, kw_only=True):
    """Layout of the files: stripes, or components that change the stripe count as a file grows.

    Attributes
    ----------
    kind : LayoutKind
        Which of the kinds below.
    before : str | None
        With `created`: the date before which the file system was made, `2020-12-18` or `2023-08-25`.
    components : Sequence[LayoutComponent]
        With `components`: from the start of the file to its end.
    count : int | None
        With `stripe`: stripe count, -1 for all OSTs.
    size_mib : int | None
        With `stripe` and `components`: stripe size, MiB. Absent: ``1``.
    """

    kind: LayoutKind
    before: str | None = None
    components: Sequence[LayoutComponent] = ()
    count: int | None = None
    size_mib: int | None = None


class LayoutComponent(Input, frozen=True, kw_only=True):
    """One component of a progressive layout.

    Attributes
    ----------
    count : int
        Stripe count, -1 for all OSTs.
    end_mib : int | None
        Where it ends, MiB from the start of the file; absent in the last.
    """

    count: int
    end_mib: int | None = None


class LeftOut(Answer, frozen=True, kw_only=True):
    """Leave-one-case-out.

    Attributes
    ----------
    all : Group
        As `all` above.
    compared : Group
        As `compared` above.
    families : tuple[Group, ...]
        As `families` above.
    """

    all: Group
    compared: Group
    families: tuple[Group, ...]


class LimitEstimate(Answer, frozen=True, kw_only=True):
    """One limit of a workload.

    Attributes
    ----------
    id : LimitId
        Which part.
    assumptions : tuple[str, ...]
        Ids of the assumptions in it.
    burst : Load | None
        With burst credits there; None where nothing bursts.
    formula : str | None
        The formula of the sustained value with its numbers filled in.
    formula_burst : str | None
        The formula of the burst value, where it differs.
    sources : tuple[str, ...]
        Ids of the sources of its figures.
    sustained : Load
        With burst credits spent.
    unit : str
        Unit of the values.
    """

    id: LimitId
    assumptions: tuple[str, ...]
    burst: Load | None = None
    formula: str | None = None
    formula_burst: str | None = None
    sources: tuple[str, ...]
    sustained: Load
    unit: str


class Load(Answer, frozen=True, kw_only=True):
    """Value of a limit and how much of it is used.

    Attributes
    ----------
    utilization : float
        Load of all workloads on the part over its capacity.
    value : float
        What this workload alone could reach if only that part existed.
    """

    utilization: float
    value: float


class MeasuredRow(Input, frozen=True, kw_only=True):
    """A measurement.

    Attributes
    ----------
    id : str | None
        Name of the measurement; by default `row-1` and so on.
    case : str | None
        What measurements have in common that are not independent, such as one file system on one day; by
        default the name.
    figure : Figure
        Which figure.
    measured : float
        What was measured, in the unit of the figure, or in `unit`.
    regime : MeasuredRegime | None
        Whether burst credits were there. Absent: ``"sustained"``.
    scenario : Scenario
        The file system, its clients and what ran on it.
    unit : str | None
        Another unit, as tools print them: `MiB/s`, `GB/s`, `IOPS`, `us`, `min` and so on.
    workload : str | None
        Which workload was measured, by name; by default the first.
    """

    id: str | None = None
    case: str | None = None
    figure: Figure
    measured: float
    regime: MeasuredRegime | None = None
    scenario: Scenario
    unit: str | None = None
    workload: str | None = None


class MetadataConfiguration(Input, frozen=True, kw_only=True):
    """Metadata configuration of a PERSISTENT_2 file system.

    Attributes
    ----------
    iops : int | None
        Metadata IOPS; with USER_PROVISIONED only.
    mode : MetadataMode
        Mode.
    """

    iops: int | None = None
    mode: MetadataMode


class Missing(Answer, frozen=True, kw_only=True):
    """Something that a cost does not count.

    Attributes
    ----------
    item : str
        What is billed.
    reason : str
        Why it is not counted.
    """

    item: str
    reason: str


class ModelVersion(Answer, frozen=True, kw_only=True):
    """Versions of what produced an answer.

    Attributes
    ----------
    catalog : str
        Date of the catalog.
    version : str
        Version of the model.
    """

    catalog: str
    version: str


class NewFileSystem(Answer, frozen=True, kw_only=True):
    """A new file system, and everything copied to it.

    Attributes
    ----------
    blocked : tuple[Finding, ...]
        The rules that keep the old one from becoming it.
    copy_bottleneck : CopyBottleneck
        Which of the two is slower, and what holds it back.
    copy_mb_per_s : Range
        How fast the clients copy: the slower of reading from the old and writing to the new file system,
        credits spent.
    copy_s : Range
        Time to copy.
    creation_s : Range
        Time to create it.
    data_gib : float
        What is copied, GiB.
    double_running_usd : Range | None
        What the old file system costs until the copy is done, US dollars.
    file_system : FileSystem
        The file system.
    findings : tuple[Finding, ...]
        Warnings: quotas that both together exceed.
    pays_back_months : Range | None
        Months until the double running is paid back; None where nothing is saved.
    saves_usd_per_month : float
        What is cheaper a month than staying with the old one or what can be made of it, US dollars; below 0,
        dearer.
    """

    blocked: tuple[Finding, ...]
    copy_bottleneck: CopyBottleneck
    copy_mb_per_s: Range
    copy_s: Range
    creation_s: Range
    data_gib: float
    double_running_usd: Range | None = None
    file_system: FileSystem
    findings: tuple[Finding, ...]
    pays_back_months: Range | None = None
    saves_usd_per_month: float


class OperationCounts(Input, frozen=True, kw_only=True):
    """Metadata operations per item of a mix.

    Attributes
    ----------
    create : float | AssumptionRange | None
        File creations.
    delete : float | AssumptionRange | None
        File deletions.
    mkdir : float | AssumptionRange | None
        Directory creations.
    open : float | AssumptionRange | None
        Opens.
    readdir : float | AssumptionRange | None
        Directory listings.
    rename : float | AssumptionRange | None
        Renames.
    rmdir : float | AssumptionRange | None
        Directory deletions.
    stat : float | AssumptionRange | None
        Attribute reads.
    """

    create: float | AssumptionRange | None = None
    delete: float | AssumptionRange | None = None
    mkdir: float | AssumptionRange | None = None
    open: float | AssumptionRange | None = None
    readdir: float | AssumptionRange | None = None
    rename: float | AssumptionRange | None = None
    rmdir: float | AssumptionRange | None = None
    stat: float | AssumptionRange | None = None


class OwnPrice(Input, frozen=True, kw_only=True):
    """A price that replaces one built in.

    Attributes
    ----------
    as_of : str | None
        Day on which it was read, ISO 8601.
    item : str
        What it is for: an item of the table `prices`, or `ec2.on_demand.` and an instance type.
    region : str | None
        Where it holds; by default in the scenario's region.
    source : str | None
        Where it was read.
    usd : float
        US dollars for one unit; 0 is a price.
    """

    as_of: str | None = None
    item: str
    region: str | None = None
    source: str | None = None
    usd: float


class PartUtilization(Input, frozen=True, kw_only=True):
    """What a metric says of one server or target.

    Attributes
    ----------
    max_percent : float
        Largest value of a period, percent.
    mean_percent : float
        Mean over the time that was looked at, percent.
    metric : UtilizationMetric
        Which metric.
    part : str
        The server or target, such as `OSS0002`, `MDS0000` or `OST0001`.
    """

    max_percent: float
    mean_percent: float
    metric: UtilizationMetric
    part: str


class Phase(Answer, frozen=True, kw_only=True):
    """A phase of a benchmark.

    Attributes
    ----------
    access : str | None
        Order of the offsets; None: no data is moved.
    direct_io : bool
        Whether I/O bypasses the client's page cache.
    file_size_bytes : float | None
        Size of a file; None: no data is moved, or the size is what is written in `seconds`.
    files_per_process : float | None
        Files of each process; None: one for all processes.
    io_size_bytes : float | None
        Size of one I/O; None: no data is moved.
    note : str
        What to know about it.
    operation : str
        Operation of a workload.
    phase : str
        Phase, as the benchmark calls it.
    processes_per_client : int | None
        Processes on each client; None: free to choose.
    queue_depth : int | None
        Requests each process keeps in flight; None: one after the other.
    seconds : float | None
        How long the phase goes on; None: until all files are done.
    shared_directory : bool
        Whether the files of all processes are in one directory.
    shared_file : bool
        Whether all processes work on one file.
    """

    access: str | None = None
    direct_io: bool
    file_size_bytes: float | None = None
    files_per_process: float | None = None
    io_size_bytes: float | None = None
    note: str
    operation: str
    phase: str
    processes_per_client: int | None = None
    queue_depth: int | None = None
    seconds: float | None = None
    shared_directory: bool
    shared_file: bool


class Plan(Shown, frozen=True, kw_only=True):
    """What to buy, why, what else there is, and why not that.

    Attributes
    ----------
    alternatives : tuple[Proposal, ...]
        The best of other kinds, the next best first.
    assumptions : tuple[AssumptionUse, ...]
        The assumptions the search rests on.
    best : Proposal | None
        The file system to buy; None if none that is allowed meets the targets. Its cost is partial only where
        the price of none that does is known in full.
    data_gib : float
        Data the file system has to hold, growth included, GiB.
    defaults : tuple[DefaultTaken, ...]
        Defaults that were taken.
    evaluations : int
        Candidates evaluated, and ranges of them that were ruled out at once.
    findings : tuple[Finding, ...]
        Warnings.
    from_here : FromHere | None
        What the file system one has can become, where `current_file_system` was given.
    frontier : tuple[FrontierPoint, ...]
        What more, or less, than the targets costs at least; the cheapest first.
    model : ModelVersion
        Versions of model and catalog.
    rejections : tuple[Rejection, ...]
        Every other kind, and why it is neither the best nor an alternative.
    shadow_prices : tuple[ShadowPrice, ...]
        What one more dollar a month buys, the most first.
    space_size : int
        Candidates in the grid.
    total : PlanTotal | None
        For `least_total`: what more and less storage comes to, and where that matters little.
    uncertainty : PlanUncertainty | None
        How sure it is, where `uncertainty` was asked for.
    updates : tuple[Update, ...]
        The updates that make of `current_file_system` the best that can be made of it, in order; empty if it
        is that already, or if none does what is asked.
    what_ifs : tuple[PlanWhatIf, ...]
        Single changes to the best, and what comes of them.
    """

    alternatives: tuple[Proposal, ...]
    assumptions: tuple[AssumptionUse, ...]
    best: Proposal | None = None
    data_gib: float
    defaults: tuple[DefaultTaken, ...]
    evaluations: int
    findings: tuple[Finding, ...]
    from_here: FromHere | None = None
    frontier: tuple[FrontierPoint, ...]
    model: ModelVersion
    rejections: tuple[Rejection, ...]
    shadow_prices: tuple[ShadowPrice, ...]
    space_size: int
    total: PlanTotal | None = None
    uncertainty: PlanUncertainty | None = None
    updates: tuple[Update, ...]
    what_ifs: tuple[PlanWhatIf, ...]


class PlanAtMid(Answer, frozen=True, kw_only=True):
    """What would be bought without a doubt.

    Attributes
    ----------
    family : str
        Its kind.
    file_system : FileSystem
        The file system.
    met_share : float
        Share of the draws in which it meets all targets.
    usd_per_month : float
        What it costs.
    """

    family: str
    file_system: FileSystem
    met_share: float
    usd_per_month: float


class PlanTotal(Answer, frozen=True, kw_only=True):
    """Storage against clients that wait.

    Attributes
    ----------
    curve : tuple[TotalPoint, ...]
        The least that storage costs for more and more useful time, the cheapest first, the best among them.
    flat : Flat
        Where on it the total is nearly the least.
    job : JobTotal | None
        What the job comes to with the best, where `compute_hours` was given.
    useful_share : float
        With the best, the share of the time that is work: accelerators that compute, and no work that a
        failure undoes.
    """

    curve: tuple[TotalPoint, ...]
    flat: Flat
    job: JobTotal | None = None
    useful_share: float


class PlanUncertainty(Answer, frozen=True, kw_only=True):
    """How sure a plan is, by draws of the assumptions and of how far predictions are off.

    Attributes
    ----------
    at_mid : PlanAtMid | None
        What would be bought if every assumption had its mid value and every prediction were exact; None if
        nothing.
    confidence : float
        Share of the draws in which all targets have to be met.
    samples : int
        Draws.
    seed : int
        Seed of the draws.
    worth_measuring : tuple[WorthMeasuring, ...]
        What the doubt about each assumption costs, the most first: how much less the best would cost a month
        if the assumption were known to have its mid value; `predictions`: if every prediction were exact.
    """

    at_mid: PlanAtMid | None = None
    confidence: float
    samples: int
    seed: int
    worth_measuring: tuple[WorthMeasuring, ...]


class PlanWhatIf(Answer, frozen=True, kw_only=True):
    """A change to the best and what comes of it.

    Attributes
    ----------
    change : str
        The change in words.
    cost : Cost
        What it costs then.
    estimate : Estimate
        The estimate with the change, without findings, formulas and defaults.
    field : str
        Field that changes.
    fix : str
        What would stand there.
    margin : float | None
        How many times all targets it would reach; None without targets.
    """

    change: str
    cost: Cost
    estimate: Estimate
    field: str
    fix: str
    margin: float | None = None


class PredictedRow(Answer, frozen=True, kw_only=True):
    """A measurement and its prediction.

    Attributes
    ----------
    id : str
        Id of the measurement.
    case : str
        Case that it belongs to.
    ceilings : float | None
        What the smallest ceiling alone says.
    family : str
        Family, by the scenario.
    figure : str
        Which figure of the answer.
    grade : str
        A: the configuration is complete enough; B: an input or two are missing, or read from a chart; C:
        vague.
    inside : bool
        Whether the interval holds the measured value.
    inside_left_out : bool | None
        Whether that interval holds it.
    left_out : Range | None
        What it says when this case has set nothing; None where that changes nothing.
    measured : float
        What was measured.
    predicted : Range
        What the model says.
    provisioned : float | None
        What the throughput ordered alone says.
    source : str
        Address of the source.
    system : System
        What was measured.
    unit : str
        Unit of all values.
    workload : str
        What was done.
    """

    id: str
    case: str
    ceilings: float | None = None
    family: str
    figure: str
    grade: str
    inside: bool
    inside_left_out: bool | None = None
    left_out: Range | None = None
    measured: float
    predicted: Range
    provisioned: float | None = None
    source: str
    system: System
    unit: str
    workload: str


class Preset(Answer, frozen=True, kw_only=True):
    """A preset with its figures.

    Attributes
    ----------
    id : str
        Name by which a job takes it.
    kind : PresetKind
        Kind of the job it gives.
    as_of : str
        Date of the copy that was read.
    figures : Figures
        Its figures, by kind.
    note : str
        What to know about it; of a benchmark, the phases have their own.
    sources : tuple[str, ...]
        Ids of the sources.
    status : Status
        How far the figures can be trusted.
    title : str
        What it is.
    """

    id: str
    kind: PresetKind
    as_of: str
    figures: Figures
    note: str
    sources: tuple[str, ...]
    status: Status
    title: str


class Presets(Tabular, frozen=True, kw_only=True):
    """The answer of `presets`.

    Attributes
    ----------
    presets : tuple[Preset, ...]
        The presets, by kind.
    """

    presets: tuple[Preset, ...]


class Priced(Tabular, frozen=True, kw_only=True):
    """The answer of [`price`].

    Attributes
    ----------
    assumptions : tuple[AssumptionUse, ...]
        The assumptions the cost rests on.
    defaults : tuple[DefaultTaken, ...]
        Defaults that were taken.
    findings : tuple[Finding, ...]
        Warnings.
    lines : tuple[CostLine, ...]
        What is billed.
    missing : tuple[Missing, ...]
        What is billed but not counted, or not in full.
    model : ModelVersion
        Versions of model and catalog.
    partial : bool
        Whether something is billed that no line counts.
    usd_per_hour : float
        The same for an hour in which the file system exists.
    usd_per_month : float
        Sum of the lines, US dollars a month.
    """

    assumptions: tuple[AssumptionUse, ...]
    defaults: tuple[DefaultTaken, ...]
    findings: tuple[Finding, ...]
    lines: tuple[CostLine, ...]
    missing: tuple[Missing, ...]
    model: ModelVersion
    partial: bool
    usd_per_hour: float
    usd_per_month: float


class Pricing(Input, frozen=True, kw_only=True):
    """How to price the design.

    Attributes
    ----------
    creations_per_month : float | None
        How often in a month the file system is made and filled, if it exists for a share of the month; by
        default once a day.
    cross_az_gb_per_month : float | None
        Data moved between zones in a month, GB, each direction counted; wanted if clients are in another
        zone.
    date : str | None
        Day by which the age of prices is judged, ISO 8601; by default that of the catalog.
    duty_cycle : float | None
        Share of the month the file system exists. Absent: ``1.0``.
    hours_per_month : float | None
        Hours in a month. Absent: ``730.0``.
    include_clients : bool | None
        Whether the clients' instances are counted. Absent: ``False``.
    price_book : str | None
        Where prices come from: `built-in`, or `own` where FSx has no prices but those below. Absent:
        ``"built-in"``.
    prices : Sequence[OwnPrice]
        Prices that replace those built in.
    """

    creations_per_month: float | None = None
    cross_az_gb_per_month: float | None = None
    date: str | None = None
    duty_cycle: float | None = None
    hours_per_month: float | None = None
    include_clients: bool | None = None
    price_book: str | None = None
    prices: Sequence[OwnPrice] = ()


class Proposal(Answer, frozen=True, kw_only=True):
    """A file system that meets the targets.

    Attributes
    ----------
    cost : Cost
        What it costs.
    estimate : Estimate
        What its workloads reach, each offering what is asked of it.
    family : str
        Its kind: deployment type, storage class, throughput tier, EFA.
    file_system : FileSystem
        The file system, in the words of a scenario.
    full_after_months : float | None
        Months until the data fill all that it holds; absent without growth.
    idle_clients_usd_per_month : float | None
        For `least_total`: what the clients cost that wait for it or do lost work again, US dollars a month;
        with `compute_hours`, what a month of work costs more than one without waiting, file system and
        clients.
    met_share : float | None
        Share of the draws in which it meets all targets, where `uncertainty` was asked for.
    targets : tuple[TargetReached, ...]
        How far it meets each target.
    """

    cost: Cost
    estimate: Estimate
    family: str
    file_system: FileSystem
    full_after_months: float | None = None
    idle_clients_usd_per_month: float | None = None
    met_share: float | None = None
    targets: tuple[TargetReached, ...]


class Range(Answer, frozen=True, kw_only=True):
    """5th, 50th and 95th percentile of what a user would measure.

    Attributes
    ----------
    low : float

    mid : float

    high : float
    """

    low: float
    mid: float
    high: float


class ReadCache(Input, frozen=True, kw_only=True):
    """SSD read cache of an INTELLIGENT_TIERING file system.

    Attributes
    ----------
    size_gib : int | None
        Size, GiB; with USER_PROVISIONED only.
    sizing_mode : ReadCacheSizingMode
        Mode.
    """

    size_gib: int | None = None
    sizing_mode: ReadCacheSizingMode


class Regime(Answer, frozen=True, kw_only=True):
    """A workload in one regime.

    Attributes
    ----------
    bottleneck : LimitId
        The smallest limit.
    latency_ms : Range
        Mean time of one request, queueing included, ms.
    operations_per_s : Range
        I/O operations of the application a second; of metadata, items.
    throughput_mb_per_s : Range | None
        Data rate, MB/s; None for metadata.
    workings : tuple[FigureWorking, ...]
        How its figures follow from limits, requests in flight and credits; none in the estimate of a change.
    """

    bottleneck: LimitId
    latency_ms: Range
    operations_per_s: Range
    throughput_mb_per_s: Range | None = None
    workings: tuple[FigureWorking, ...] = ()


class Rejection(Answer, frozen=True, kw_only=True):
    """A kind of file system that is neither the best nor an alternative.

    Attributes
    ----------
    change : str
        The smallest change that would let it in.
    family : str
        The kind.
    limit : str
        The rule, limit or fields that decide: a code, a limit's id, or paths of the requirement.
    reason : str
        Why.
    usd_per_month : float | None
        What its best file system comes to, where there is one, with idle clients for `least_total`; of a kind
        that constraints leave out only if that is less than the best.
    """

    change: str
    family: str
    limit: str
    reason: str
    usd_per_month: float | None = None


class Requirement(Question, frozen=True, kw_only=True):
    """What a file system has to do, and what it may be: a scenario without a file system, with targets.

    Attributes
    ----------
    assumptions : Mapping[str, float | bool | AssumptionRange] | None
        Assumptions to override, by id.
    backup : Backup | None
        Backups; absent means none.
    capacity : Capacity | None
        How much it has to hold.
    clients : Clients | Sequence[Clients] | None
        One client group, or several with names.
    compute_hours : float | None
        For `least_total`: hours that a job computes if nothing ever waits, of which all the cost is counted;
        absent: a month in which clients wait.
    constraints : Constraints | None
        What it may be.
    current_file_system : FileSystem | None
        What one has.
    deploy : Deploy | None
        Names an export needs.
    jobs : Sequence[Job]
        Jobs, each of which becomes workloads.
    objective : Objective | None
        What the best file system is. Absent: ``"cheapest"``.
    pricing : Pricing | None
        How to price a design.
    region : str | None
        AWS Region or Local Zone. Absent: ``"us-east-1"``.
    uncertainty : Uncertainty | None
        How sure the targets have to be met; absent: judged at mid values.
    workloads : Sequence[Workload]
        Loads on the file system, with their targets.
    """

    assumptions: Mapping[str, float | bool | AssumptionRange] | None = None
    backup: Backup | None = None
    capacity: Capacity | None = None
    clients: Clients | Sequence[Clients] | None = None
    compute_hours: float | None = None
    constraints: Constraints | None = None
    current_file_system: FileSystem | None = None
    deploy: Deploy | None = None
    jobs: Sequence[Job] = ()
    objective: Objective | None = None
    pricing: Pricing | None = None
    region: str | None = None
    uncertainty: Uncertainty | None = None
    workloads: Sequence[Workload] = ()


class Reversed(Tabular, frozen=True, kw_only=True):
    """The answer of [`reverse`].

    Attributes
    ----------
    assumptions : tuple[AssumptionUse, ...]
        The assumptions it rests on.
    defaults : tuple[DefaultTaken, ...]
        Defaults that were taken.
    file_system : FileSystemFigures
        Published figures × capacity, and counts.
    findings : tuple[Finding, ...]
        Warnings.
    model : ModelVersion
        Versions of model and catalog.
    workloads : tuple[Carried, ...]
        One entry per workload, in the order of the scenario.
    """

    assumptions: tuple[AssumptionUse, ...]
    defaults: tuple[DefaultTaken, ...]
    file_system: FileSystemFigures
    findings: tuple[Finding, ...]
    model: ModelVersion
    workloads: tuple[Carried, ...]


class Scan(Input, frozen=True, kw_only=True):
    """What a directory tree holds. Sizes are those of the contents, not of the blocks they take.

    Attributes
    ----------
    bytes : int
        Bytes of all of them.
    depth : int | None
        Directories between the first and the deepest, that included.
    directories : int | None
        Directories, the first included; absent where only sizes were read.
    directories_with_files : int | None
        Directories with a file in them.
    files : int
        Regular files, each once, however many names it has.
    further_names : int | None
        Further names of files that were counted by another.
    largest_bytes : int | None
        Bytes of the largest file.
    largest_directories : Sequence[DirectorySize]
        Directories with the most files in them, the largest first.
    mean_bytes : float | None
        Bytes of a file in the mean.
    median_up_to_bytes : int | None
        Half of the files have at most so many bytes: the upper end of the class that the median is in.
    mount_points : int | None
        Directories on other file systems; none was entered.
    names_in_doubt : int | None
        Names of files with several, too many to tell whether they were counted by another: they were counted.
    others : int | None
        What is neither file, directory nor symbolic link.
    path : str | None
        Where it was read.
    sizes : Sequence[SizeClass]
        Files by size, in powers of two, the smallest first; classes without files are left out.
    small_bytes : int | None
        Bytes of those.
    small_files : int | None
        Files of at most 1 MiB, the size of one request to the servers.
    stripes : Sequence[StripeClass]
        Files by how many OSTs the last of their bytes are striped over on the default layout.
    symbolic_links : int | None
        Symbolic links; none was followed.
    unreadable : int | None
        Files and directories that could not be read; they are not counted.
    unreadable_first : Sequence[Unreadable]
        The first of them.
    """

    bytes: int
    depth: int | None = None
    directories: int | None = None
    directories_with_files: int | None = None
    files: int
    further_names: int | None = None
    largest_bytes: int | None = None
    largest_directories: Sequence[DirectorySize] = ()
    mean_bytes: float | None = None
    median_up_to_bytes: int | None = None
    mount_points: int | None = None
    names_in_doubt: int | None = None
    others: int | None = None
    path: str | None = None
    sizes: Sequence[SizeClass] = ()
    small_bytes: int | None = None
    small_files: int | None = None
    stripes: Sequence[StripeClass] = ()
    symbolic_links: int | None = None
    unreadable: int | None = None
    unreadable_first: Sequence[Unreadable] = ()


class Scanned(Answer, frozen=True, kw_only=True):
    """The answer of a scan.

    Attributes
    ----------
    findings : tuple[Finding, ...]
        What that means.
    scan : Scan
        What the tree holds.
    """

    findings: tuple[Finding, ...]
    scan: Scan


class Scenario(Question, frozen=True, kw_only=True):
    """A design and what runs on it.

    Attributes
    ----------
    assumptions : Mapping[str, float | bool | AssumptionRange] | None
        Assumptions to override, by id.
    backup : Backup | None
        Backups; absent means none.
    clients : Clients | Sequence[Clients] | None
        One client group, or several with names.
    cloudwatch : Sequence[PartUtilization]
        What CloudWatch says of a file system that exists, for its head room.
    deploy : Deploy | None
        Names an export needs.
    file_system : FileSystem
        The file system; the only required table.
    jobs : Sequence[Job]
        Jobs, each of which becomes workloads.
    pricing : Pricing | None
        How to price the design.
    region : str | None
        AWS Region or Local Zone. Absent: ``"us-east-1"``.
    workloads : Sequence[Workload]
        Loads on the file system.
    """

    assumptions: Mapping[str, float | bool | AssumptionRange] | None = None
    backup: Backup | None = None
    clients: Clients | Sequence[Clients] | None = None
    cloudwatch: Sequence[PartUtilization] = ()
    deploy: Deploy | None = None
    file_system: FileSystem
    jobs: Sequence[Job] = ()
    pricing: Pricing | None = None
    region: str | None = None
    workloads: Sequence[Workload] = ()


class ShadowPrice(Answer, frozen=True, kw_only=True):
    """What more money buys.

    Attributes
    ----------
    change : str
        What is bought, in words.
    gain : float
        What the target's figure gains; with several targets, the tightest one.
    gain_per_usd : float
        Gain for a dollar a month.
    unit : str
        Unit of the gain.
    usd_per_month : float
        What it costs more a month, US dollars.
    workload : str
        Name of the workload that gains.
    """

    change: str
    gain: float
    gain_per_usd: float
    unit: str
    usd_per_month: float
    workload: str


class SizeClass(Input, frozen=True, kw_only=True):
    """Files of one size, within a factor of two.

    Attributes
    ----------
    bytes : int
        Their bytes.
    files : int
        Files.
    up_to_bytes : int
        Most bytes of a file, a power of two; 0 for files without content. The least is one more than half of
        it.
    """

    bytes: int
    files: int
    up_to_bytes: int


class StableAssumption(Answer, frozen=True, kw_only=True):
    """An assumption that measurements bear on.

    Attributes
    ----------
    id : str
        Id.
    low : float
        Low end of what users would find.
    mid : float
        Value that the model takes.
    high : float
        High end of what users would find.
    cases : int
        Independent cases that bear on it.
    fitted : Range
        Its 5th, 50th and 95th percentile by all measurements.
    least_without_a_case : float
        The least it comes to when any one case is left out.
    most_without_a_case : float
        The most.
    unit : str
        Unit of all values.
    """

    id: str
    low: float
    mid: float
    high: float
    cases: int
    fitted: Range
    least_without_a_case: float
    most_without_a_case: float
    unit: str


class StepFigures(Answer, frozen=True, kw_only=True):
    """One step of a job.

    Attributes
    ----------
    name : str
        Name of the step.
    bottleneck : LimitId
        What stops it.
    files_per_s : Range | None
        Files or items a second; None where all share one file.
    operations_per_s : Range | None
        Operations a second: I/Os of the application, or metadata operations.
    seconds : Range
        Time of it, seconds.
    throughput_mb_per_s : Range | None
        Data rate, MB/s; None for metadata.
    workings : tuple[FigureWorking, ...]
        How its figures follow from others.
    """

    name: str
    bottleneck: LimitId
    files_per_s: Range | None = None
    operations_per_s: Range | None = None
    seconds: Range
    throughput_mb_per_s: Range | None = None
    workings: tuple[FigureWorking, ...] = ()


class Stored(Input, frozen=True, kw_only=True):
    """What an INTELLIGENT_TIERING file system holds and serves; for its price.

    Attributes
    ----------
    data_gib : float | None
        Data, GiB.
    read_requests_per_month : float | None
        Read requests a month.
    tier_shares : TierShares | None
        Shares of the access tiers.
    write_requests_per_month : float | None
        Write requests a month.
    """

    data_gib: float | None = None
    read_requests_per_month: float | None = None
    tier_shares: TierShares | None = None
    write_requests_per_month: float | None = None


class StripeClass(Input, frozen=True, kw_only=True):
    """Files of one component of the default layout.

    Attributes
    ----------
    bytes : int
        Their bytes.
    files : int
        Files that end in it.
    stripe_count : int
        OSTs that the component is striped over, at most.
    up_to_mib : int | None
        Where it ends in the file, MiB; absent: at the end of the file.
    """

    bytes: int
    files: int
    stripe_count: int
    up_to_mib: int | None = None


class Target(Input, frozen=True, kw_only=True):
    """What a workload has to reach; all figures given hold at once.

    Attributes
    ----------
    latency_ms : float | AssumptionRange | None
        Longest mean time of a request, ms.
    operations_per_s : float | AssumptionRange | None
        Least I/O operations of the application a second; of metadata, items.
    regime : TargetRegime | None
        With or without burst credits. Absent: ``"sustained"``.
    seconds : float | AssumptionRange | None
        Longest time for all bytes of all passes, from the credits at the start, seconds.
    throughput_mb_per_s : float | AssumptionRange | None
        Least data rate, MB/s.
    """

    latency_ms: float | AssumptionRange | None = None
    operations_per_s: float | AssumptionRange | None = None
    regime: TargetRegime | None = None
    seconds: float | AssumptionRange | None = None
    throughput_mb_per_s: float | AssumptionRange | None = None


class TargetReached(Answer, frozen=True, kw_only=True):
    """A target and what is reached of it.

    Attributes
    ----------
    figure : str
        Field of the target.
    limit : LimitId
        The part that would hold it back next.
    margin : float
        How many times better than asked for it is: reached over asked for of rates, the inverse of times.
    reached : float
        What it could reach beside the others, mid value.
    target : float
        What is asked for.
    unit : str
        Unit of both.
    workload : str
        Name of the workload.
    """

    figure: str
    limit: LimitId
    margin: float
    reached: float
    target: float
    unit: str
    workload: str


class TierShares(Input, frozen=True, kw_only=True):
    """Shares of the data in each access tier.

    Attributes
    ----------
    archive : float | AssumptionRange | None
        Archive Instant Access.
    frequent : float | AssumptionRange | None
        Frequent Access.
    infrequent : float | AssumptionRange | None
        Infrequent Access.
    """

    archive: float | AssumptionRange | None = None
    frequent: float | AssumptionRange | None = None
    infrequent: float | AssumptionRange | None = None


class TotalPoint(Answer, frozen=True, kw_only=True):
    """A point of the curve.

    Attributes
    ----------
    family : str
        Its kind.
    file_system : FileSystem
        The file system.
    lost_usd_per_month : float
        What is lost, as `idle_clients_usd_per_month`.
    total_usd : float
        Both, US dollars a month; of a job, all that it comes to, US dollars.
    usd_per_month : float
        The file system's cost.
    useful_share : float
        Share of the time that is work, of the clients that lose the most.
    """

    family: str
    file_system: FileSystem
    lost_usd_per_month: float
    total_usd: float
    usd_per_month: float
    useful_share: float


class Uncertainty(Input, frozen=True, kw_only=True):
    """How sure the targets have to be met.

    Attributes
    ----------
    confidence : float | None
        Share of the draws in which they are met. Absent: ``0.9``.
    inputs : Mapping[str, AssumptionRange] | None
        Inputs that are not known, by path: filled where a number of the requirement is given as low, mid and
        high.
    samples : int | None
        Draws. Absent: ``128``.
    seed : int | None
        Seed of the draws. Absent: ``1``.
    """

    confidence: float | None = None
    inputs: Mapping[str, AssumptionRange] | None = None
    samples: int | None = None
    seed: int | None = None


class Unreadable(Input, frozen=True, kw_only=True):
    """Something that could not be read.

    Attributes
    ----------
    path : str
        Its path.
    reason : str
        Why.
    """

    path: str
    reason: str


class Update(Answer, frozen=True, kw_only=True):
    """One request to the service, or for a layout one command on a client.

    Attributes
    ----------
    again_after_s : float | None
        The least time from this request to the next of its kind.
    change : Change
        What it changes.
    fields : tuple[FieldChange, ...]
        Its fields that change, and from what to what.
    file_system : FileSystem
        The file system afterwards.
    note : str
        What to know of it.
    ready_s : Range
        Until what is new can be used, unavailability included.
    sources : tuple[str, ...]
        Where that is from.
    spreading_s : Range | None
        From then on, how long data are spread over old and new servers, during which the file system is
        slower.
    unavailable_at_most_s : float | None
        The longest that AWS speaks of.
    unavailable_s : Range | None
        How long clients wait for the file system, as measured, or what "a few minutes" may mean; None where
        they do not, or where nobody measured it.
    usd_per_month : float | None
        What the file system costs afterwards, US dollars a month.
    wait_s : Range
        How long one has to wait when the update before is done: six hours from a request of the same kind, or
        until data are spread.
    """

    again_after_s: float | None = None
    change: Change
    fields: tuple[FieldChange, ...]
    file_system: FileSystem
    note: str
    ready_s: Range
    sources: tuple[str, ...]
    spreading_s: Range | None = None
    unavailable_at_most_s: float | None = None
    unavailable_s: Range | None = None
    usd_per_month: float | None = None
    wait_s: Range


class WhatIf(Answer, frozen=True, kw_only=True):
    """A change and what comes of it.

    Attributes
    ----------
    change : str
        The change in words.
    cost : Cost | None
        What the design costs with the change.
    estimate : Estimate
        The estimate with the change, without findings, formulas and defaults.
    field : str
        Field that changes.
    fix : str
        What would stand there.
    ratios : tuple[float, ...]
        For each workload, its sustained rate over that of today.
    value : str
        What stands there now; empty if nothing does.
    """

    change: str
    cost: Cost | None = None
    estimate: Estimate
    field: str
    fix: str
    ratios: tuple[float, ...]
    value: str


class WhatIfs(Shown, frozen=True, kw_only=True):
    """The answer of [`what_if`].

    Attributes
    ----------
    estimate : Estimate
        The scenario as it is.
    what_ifs : tuple[WhatIf, ...]
        One entry per legal change.
    """

    estimate: Estimate
    what_ifs: tuple[WhatIf, ...]


class Work(Answer, frozen=True, kw_only=True):
    """Work to be done at a rate.

    Attributes
    ----------
    data_mb : float
        All bytes of all passes, MB.
    seconds : float
        How long they take at the rate, seconds.
    """

    data_mb: float
    seconds: float


class Workload(Input, frozen=True, kw_only=True):
    """A load on the file system.

    Attributes
    ----------
    name : str | None
        Name; by default `workload-1` and so on.
    access : Access | None
        Order of the offsets. Absent: ``"sequential"``.
    application : bool | None
        Whether the requests come from application code that works between them, not from a benchmark tool:
        one process of such code is harder to predict. Absent: ``False``.
    client_cache : bool | None
        Whether the clients' memory counts as a cache. Absent: ``False``.
    client_count : int | AssumptionRange | None
        Clients of each group that take part; by default all.
    clients : str | None
        Client group; by default the only one, or all.
    compression_ratio : float | AssumptionRange | None
        Size before over size after LZ4. Absent: ``1.0``.
    data_in : DataIn | None
        Where the data lie. Absent: ``"disk"``.
    direct_io : bool | None
        Whether I/O bypasses the client's page cache. Absent: ``False``.
    directories : int | AssumptionRange | None
        Directories the files are spread over. Absent: ``1``.
    file_count : int | AssumptionRange | None
        Files over all clients; by default one per process.
    file_size_mib : float | AssumptionRange | None
        Size of a file, MiB. Absent: ``1024.0``.
    fsync : bool | None
        Whether writes count only when on the file system. Absent: ``True``.
    io_size_kib : float | AssumptionRange | None
        Size of one I/O of the application, KiB. Absent: ``1024.0``.
    mapped : bool | None
        Whether files are read through mapped memory. Absent: ``False``.
    operation : Operation | None
        What it does.
    operations : OperationCounts | None
        A mix of metadata operations instead of `operation`, counts per item.
    order : Order | None
        Order of the files over passes. Absent: ``"shuffled"``.
    passes : int | AssumptionRange | None
        Passes over the file set. Absent: ``1``.
    processes_per_client : int | AssumptionRange | None
        Streams that issue I/O at once on each client. Absent: ``1``.
    queue_depth : int | AssumptionRange | None
        Outstanding I/Os per process; counts with direct I/O only. Absent: ``1``.
    rate_limit_mb_per_s : float | AssumptionRange | None
        Offered load, MB/s; absent: as fast as it goes.
    rate_limit_operations_per_s : float | AssumptionRange | None
        Offered load, I/O operations of the application a second, of metadata items; absent: as fast as it
        goes.
    shared_file : bool | None
        Whether all processes work on one file. Absent: ``False``.
    target : Target | None
        What it has to reach.
    """

    name: str | None = None
    access: Access | None = None
    application: bool | None = None
    client_cache: bool | None = None
    client_count: int | AssumptionRange | None = None
    clients: str | None = None
    compression_ratio: float | AssumptionRange | None = None
    data_in: DataIn | None = None
    direct_io: bool | None = None
    directories: int | AssumptionRange | None = None
    file_count: int | AssumptionRange | None = None
    file_size_mib: float | AssumptionRange | None = None
    fsync: bool | None = None
    io_size_kib: float | AssumptionRange | None = None
    mapped: bool | None = None
    operation: Operation | None = None
    operations: OperationCounts | None = None
    order: Order | None = None
    passes: int | AssumptionRange | None = None
    processes_per_client: int | AssumptionRange | None = None
    queue_depth: int | AssumptionRange | None = None
    rate_limit_mb_per_s: float | AssumptionRange | None = None
    rate_limit_operations_per_s: float | AssumptionRange | None = None
    shared_file: bool | None = None
    target: Target | None = None


class WorkloadEstimate(Answer, frozen=True, kw_only=True):
    """How fast one workload runs.

    Attributes
    ----------
    name : str
        Name of the workload.
    burst : Burst | None
        With burst credits there; None where nothing bursts.
    contention : Contention | None
        What other workloads take from it, sustained; absent if that is nothing.
    limits : tuple[LimitEstimate, ...]
        Every limit that applies, smallest sustained value first.
    seconds : Range
        Time for all bytes of all passes from `credits_at_start`, seconds.
    sustained : Regime
        With burst credits spent.
    workings : tuple[FigureWorking, ...]
        How its time follows from its rates; none in the estimate of a change.
    """

    name: str
    burst: Burst | None = None
    contention: Contention | None = None
    limits: tuple[LimitEstimate, ...]
    seconds: Range
    sustained: Regime
    workings: tuple[FigureWorking, ...] = ()


class WorthMeasuring(Answer, frozen=True, kw_only=True):
    """What the doubt about an assumption costs.

    Attributes
    ----------
    id : str
        The assumption, `predictions`, or the path of an input.
    meaning : str
        What it stands for.
    usd_per_month : float
        US dollars a month.
    """

    id: str
    meaning: str
    usd_per_month: float


__all__ = [
    "Access",
    "Accuracy",
    "AssumptionRange",
    "AssumptionUse",
    "Backup",
    "Baseline",
    "Baselines",
    "Bought",
    "BreakEven",
    "BucketAccount",
    "BucketEncryption",
    "Burst",
    "BurstCredits",
    "BurstOrBaseline",
    "Calibrated",
    "CalibratedAssumption",
    "CalibratedRow",
    "Capacity",
    "Carried",
    "CatalogAnswer",
    "CatalogColumn",
    "Change",
    "Checked",
    "CheckedFileSystem",
    "Clients",
    "ClientsCarried",
    "Compared",
    "ComparedDesign",
    "ComparedWorkload",
    "Constraints",
    "Contention",
    "CopyBottleneck",
    "Cost",
    "CostLine",
    "CreditPoint",
    "CurrentFileSystem",
    "DataCompressionType",
    "DataIn",
    "DataRepositoryAssociation",
    "DefaultTaken",
    "Deploy",
    "DeploymentType",
    "Difference",
    "DirectorySize",
    "Draft",
    "DriveCacheType",
    "EfaBreakEven",
    "EfaCell",
    "EfaChoice",
    "EfaRow",
    "Errors",
    "Estimate",
    "Excluded",
    "ExportFormat",
    "Exported",
    "FieldChange",
    "Figure",
    "FigureWorking",
    "Figures",
    "FileSystem",
    "FileSystemFigures",
    "Finding",
    "Flat",
    "FromHere",
    "FrontierPoint",
    "Group",
    "HeadRoom",
    "ImportFormat",
    "Imported",
    "Interface",
    "Job",
    "JobEstimate",
    "JobKind",
    "JobTarget",
    "JobTotal",
    "Layout",
    "LayoutComponent",
    "LayoutKind",
    "LeftOut",
    "LimitEstimate",
    "LimitId",
    "Load",
    "LogLevel",
    "MeasuredRegime",
    "MeasuredRow",
    "MetadataChoice",
    "MetadataConfiguration",
    "MetadataMode",
    "Missing",
    "ModelVersion",
    "NewFileSystem",
    "Objective",
    "Operation",
    "OperationCounts",
    "Order",
    "OwnPrice",
    "PartUtilization",
    "Phase",
    "Plan",
    "PlanAtMid",
    "PlanTotal",
    "PlanUncertainty",
    "PlanWhatIf",
    "PredictedRow",
    "Preset",
    "PresetKind",
    "Presets",
    "Priced",
    "Pricing",
    "Proposal",
    "Range",
    "ReadCache",
    "ReadCacheSizingMode",
    "Regime",
    "Rejection",
    "RepositoryEvent",
    "Requirement",
    "Reversed",
    "Scan",
    "Scanned",
    "Scenario",
    "Severity",
    "ShadowPrice",
    "SizeClass",
    "StableAssumption",
    "Status",
    "StepFigures",
    "StorageType",
    "Stored",
    "StripeClass",
    "System",
    "Target",
    "TargetReached",
    "TargetRegime",
    "TierShares",
    "TotalPoint",
    "Uncertainty",
    "Unreadable",
    "Update",
    "UtilizationMetric",
    "Verdict",
    "WhatIf",
    "WhatIfs",
    "Work",
    "Workload",
    "WorkloadEstimate",
    "WorthMeasuring",
]
