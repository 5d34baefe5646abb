/** Figures of jobs, whatever their kind. */

import type { AssumptionUse, JobEstimate, Range, WorkloadEstimate } from "fsx-model";

import { dollars, number, percent, rate, seconds } from "../format";
import { isTree } from "../state/path";
import type { Unit } from "../state/state";
import { capital, limit, words } from "../words";
import { type Working, worked } from "./working.svelte";

export interface JobFigure {
  id: string;
  range?: Range;
  mid: number;
}

const isRange = (value: unknown): value is Range => isTree(value) && typeof value.mid === "number";

/** All figures of a job. */
export const figuresOf = (job: JobEstimate): JobFigure[] =>
  (Object.entries(job) as [string, unknown][]).flatMap(([id, value]): JobFigure[] => {
    if (isRange(value)) return [{ id, range: value, mid: value.mid }];
    return typeof value === "number" ? [{ id, mid: value }] : [];
  });

/** How a figure is shown, by how its name ends. */
export function shownAs(id: string, unit: Unit): (value: number) => string {
  if (/mb_per_s/.test(id)) return (value) => rate(value, "MB/s", unit);
  if (/_usd_|^usd_/.test(id)) return dollars;
  if (/utilization|share|goodput/.test(id)) return percent;
  if (/_per_s$/.test(id)) return (value) => `${number(value)} /s`;
  if (/(^|_)s$|seconds/.test(id)) return seconds;
  if (/_gib$/.test(id)) return (value) => `${number(value)} GiB`;
  return number;
}

/** Whether more of it is better, or less; nothing where neither is. */
export function isMoreBetter(id: string): boolean | undefined {
  if (/^demand|^required|^wanted|^interval/.test(id)) return undefined;
  if (/utilization|goodput|_per_s$|_fed$/.test(id)) return true;
  return /_s$|^seconds$|stall|usd/.test(id) ? false : undefined;
}

export const figureName = (id: string): string =>
  capital(
    words(
      id
        .replace(/_mb_per_s(_per_accelerator)?$/, (_, each) => (each ? "_each" : ""))
        .replace(/(?<!_per)_s$|_gib$/, "")
        .replace(/s_per_s$/, "_rate")
        .replace("idle_clients_usd", "waiting_clients")
        .replace("file_system_usd", "file_system")
        .replace(/^usd/, "cost"),
    ),
  );

/** What stops a job, each with the part of it that waits. */
export const bottlenecksOf = (job: JobEstimate): [string, string][] =>
  (Object.entries(job) as [string, unknown][]).flatMap(([id, value]) => (id.endsWith("bottleneck") && typeof value === "string" ? [[id, value]] : []));

/** A figure's own formula, and that of the limit behind the rates in it. */
export function workingOf(job: JobEstimate, id: string, workloads: WorkloadEstimate[], assumptions: AssumptionUse[]): Pick<Working, "text"> & Partial<Working> {
  const own = worked(job.workings, id, assumptions);
  if (!own) return { text: ["A number of the job."] };
  const bottleneck = bottlenecksOf(job)[0]?.[1];
  const limits = workloads.filter(({ name }) => name.startsWith(job.name)).flatMap((one) => one.limits.filter(({ id }) => id === bottleneck));
  const ids = new Set([...own.assumptions.map((one) => one.id), ...limits.flatMap((one) => one.assumptions)]);
  return {
    text: bottleneck ? [`Comes of what the workloads of this job reach, which is limited by the ${limit(bottleneck)}.`] : [],
    formulas: [...own.formulas, ...limits.map((one) => ({ name: capital(limit(one.id)), formula: one.formula }))],
    sources: [...own.sources, ...limits.flatMap((one) => one.sources)],
    assumptions: assumptions.filter((one) => ids.has(one.id)),
  };
}
