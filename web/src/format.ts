/** Numbers as people read them. */

import type { Range, Regime } from "fsx-model";
import type { Unit } from "./state/state";

const MIB_PER_MB = 1e6 / 2 ** 20;

const significant = (digits: number) =>
  new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits, roundingPriority: "morePrecision", maximumFractionDigits: 0 });
const NUMBER = significant(3);
const LARGE = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });
const EXACT = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 15 });
const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const ROUND_DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const PERCENT = new Intl.NumberFormat("en-US", { style: "percent", maximumSignificantDigits: 3 });

/** Three digits, four of what is large. */
export const number = (value: number): string => {
  if (value !== 0 && Math.abs(value) < 0.01) return value.toPrecision(2);
  if (Math.abs(value) >= 1e7) return `${NUMBER.format(value / 1e6)} million`;
  return (Math.abs(value) >= 1e3 ? LARGE : NUMBER).format(value);
};
/** Every digit. */
export const exact = (value: number): string => EXACT.format(value);
export const dollars = (value: number): string => DOLLARS.format(value);
export const roundDollars = (value: number): string => ROUND_DOLLARS.format(value);
export const percent = (value: number): string => PERCENT.format(value);
/** A text whose large numbers are easier to read. */
export const grouped = (text: string): string => text.replace(/(?<![\d.])\d{4,}(?![\d.])/g, (digits) => Number(digits).toLocaleString("en-US"));
/** How many times as much. */
export const times = (value: number): string => `×${value >= 10 ? NUMBER.format(value) : value.toFixed(2)}`;

/** A rate in its unit, in MiB where those are asked for. */
export function rate(value: number, unit: string, as: Unit): string {
  return `${number(inUnit(value, unit, as))} ${unitName(unit, as)}`;
}
export const inUnit = (value: number, unit: string, as: Unit): number =>
  unit === "MB/s" && as === "MiB" ? value * MIB_PER_MB : value;
export const unitName = (unit: string, as: Unit): string => (unit === "MB/s" && as === "MiB" ? "MiB/s" : unit);

/** What a workload reaches: bytes, or items where none are moved. */
export function reached(regime: Regime | undefined, as: Unit): string {
  if (!regime) return "";
  const { throughput_mb_per_s, operations_per_s } = regime;
  return throughput_mb_per_s ? rate(throughput_mb_per_s.mid, "MB/s", as) : rate(operations_per_s.mid, "op/s", as);
}

const STEPS: [number, number, string][] = [
  [120, 1, "s"],
  [120 * 60, 60, "min"],
  [48 * 3600, 3600, "h"],
  [Number.POSITIVE_INFINITY, 86_400, "days"],
];

export function seconds(value: number): string {
  if (value < 1) return `${number(value * 1000)} ms`;
  const [, size, name] = STEPS.find(([most]) => value < most) ?? [0, 1, "s"];
  return `${new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 }).format(value / size)} ${name}`;
}

/** The interval as text, by the same words as its middle; a unit that both ends have stands once. */
export function interval({ low, high }: Range, show: (value: number) => string): string {
  const [from, to] = [show(low), show(high)];
  const unit = / \D+$/.exec(to)?.[0] ?? "";
  return `${unit !== "" && from.endsWith(unit) ? from.slice(0, -unit.length) : from} to ${to}`;
}

export const gib = (value: number): string => `${number(value)} GiB`;
