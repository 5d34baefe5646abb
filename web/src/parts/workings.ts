/** How the numbers come about that stand in more than one view. */

import type { Cost, Estimate, LimitEstimate, TargetReached, WorkloadEstimate } from "fsx-model";

import { dollars, percent, rate } from "../format";
import type { Unit } from "../state/state";
import { capital, limit, limits } from "../words";
import { worked } from "./working.svelte";

/** The formula of a limit and what comes of it. */
const filled = (one: LimitEstimate, inBurst: boolean, unit: Unit) => {
  const formula = (inBurst && one.formula_burst) || one.formula;
  const { value } = (inBurst && one.burst) || one.sustained;
  return formula && `${formula} = ${rate(value, one.unit, unit)}`;
};

/** The formulas of a limit, that in burst where it is another. */
export const inBoth = (one: LimitEstimate, unit: Unit) => [
  { name: "Sustained", formula: filled(one, false, unit) },
  ...(one.formula_burst ? [{ name: "While burst credits last", formula: filled(one, true, unit) }] : []),
];

/** Sources of a limit of a workload, its formulas, and the assumptions of the estimate, those that it rests on first. */
function ofLimit(id: string, workload: WorkloadEstimate, estimate: Estimate, formulas: (one: LimitEstimate) => ReturnType<typeof inBoth>) {
  const held = workload.limits.filter((one) => one.id === id);
  const used = new Set(held.flatMap((one) => one.assumptions));
  return {
    formulas: held.flatMap(formulas),
    sources: held.flatMap((one) => one.sources),
    assumptions: [true, false].flatMap((isUsed) => estimate.assumptions.filter(({ id }) => used.has(id) === isUsed)),
  };
}

/** A rate: the limit that holds it back, what is left of that, and everything that its interval rests on. */
export function ofRate(workload: WorkloadEstimate, estimate: Estimate, inBurst: boolean, unit: Unit, figure?: "operations_per_s") {
  const regime = (inBurst && workload.burst) || workload.sustained;
  const { bottleneck } = regime;
  const rated = regime.throughput_mb_per_s ? "throughput_mb_per_s" : "operations_per_s";
  const follows = [...new Set([rated, figure ?? rated])]
    .flatMap((one) => worked(regime.workings, one, [])?.formulas ?? [])
    // where nothing queues, the limit is all there is to say
    .filter(({ formula }) => / [×/] /.test(formula));
  const queues = follows.some(({ formula }) => formula.includes("erlang_b"));
  const ofIt = ofLimit(bottleneck, workload, estimate, (one) => [{ name: capital(limit(one.id)), formula: filled(one, inBurst, unit) }]);
  const { contention } = workload;
  const of = workload.limits.find(({ id }) => id === bottleneck)?.unit ?? "MB/s";
  const shared = contention ? [`Alone it would reach ${rate(contention.alone, of, unit)}; others at the ${limit(contention.at)} leave it ${percent(contention.share)} of that.`] : [];
  return {
    text: [
      "The smallest limit, and what queueing leaves of it. The interval comes of the ranges of the assumptions and of the scatter of published measurements.",
      ...(queues ? ["erlang_b is Erlang's loss formula: for so many requests, and so much time elsewhere for each time at the queue."] : []),
      ...(inBurst ? [] : shared),
    ],
    ...ofIt,
    formulas: [...ofIt.formulas, ...follows],
  };
}

/** The time of one request. */
export const ofLatency = ({ sustained, limits }: WorkloadEstimate, estimate: Estimate) => {
  const own = worked(sustained.workings, "latency_ms", estimate.assumptions);
  const concurrency = limits.filter(({ id }) => id === "concurrency").map(({ formula }) => ({ name: "Requests in flight", formula }));
  return { ...own, text: ["Mean time of one request, queueing included."], formulas: [...concurrency, ...(own?.formulas ?? [])] };
};

/** How long a burst lasts. */
export const ofBurst = ({ burst }: WorkloadEstimate, estimate: Estimate) => ({
  ...worked(burst?.workings, "lasts_s", estimate.assumptions),
  text: ["Until the credits of the tightest burst are spent at this rate. AWS publishes neither their size nor their refill."],
});

/** The time of all the work. */
export const ofTime = (workload: WorkloadEstimate, estimate: Estimate) => ({
  text: ["All bytes and passes, beginning in burst with the credits there are and going on sustained."],
  formulas: worked(workload.workings, "seconds", [])?.formulas ?? [],
  assumptions: estimate.assumptions,
});

/** The formula of a target's time: of a workload, or of what a job saves or restores. */
function ofTargetTime({ workload, figure }: TargetReached, { workloads, jobs }: Estimate) {
  const own = workloads.find(({ name }) => name === workload);
  const job = jobs.find(({ name }) => workload === name || workload === `${name} (restore)`);
  const of = own?.workings ?? job?.workings;
  return worked(of, own ? figure : workload === job?.name ? "save_s" : "restore_s", [])?.formulas ?? [];
}

/** What a target's load reaches. */
export function ofTarget(target: TargetReached, estimate: Estimate, unit: Unit) {
  const workload = estimate.workloads.find(({ name }) => name === target.workload);
  const ofIt = workload && ofLimit(target.limit, workload, estimate, (one) => inBoth(one, unit));
  return {
    text: [`What it could reach${estimate.workloads.length > 1 ? " beside the others" : ""}. ${limits(target.limit)} to that.`],
    ...ofIt,
    formulas: [...(ofIt?.formulas ?? []), ...(target.unit === "s" ? ofTargetTime(target, estimate) : [])],
  };
}

/** A price: its lines. */
export const ofCost = (cost: Cost) => ({
  text: ["The sum of the lines, each a quantity times a price."],
  formulas: cost.lines.map((line) => ({
    name: line.item,
    formula: `${line.quantity.toLocaleString("en-US")} ${line.unit} × $${line.rate_usd} = ${dollars(line.usd_per_month)}`,
  })),
  sources: cost.lines.map(({ source }) => source),
});
