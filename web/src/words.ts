/** Names of the core as people say them. */

import { textOf } from "./state/path";

const LIMITS: Record<string, string> = {
  client_network: "clients’ network",
  client_to_server_path: "paths from client to server",
  server_network: "servers’ network",
  server_cache: "servers’ memory",
  ssd_cache: "SSD read cache",
  disk_throughput: "disks",
  disk_iops: "disk operations",
  stripe_width: "disks the files lie on",
  concurrency: "requests in flight",
  metadata: "metadata servers",
  s3_restore: "restores from S3",
  s3_export: "exports to S3",
  s3_import: "imports from S3",
  rate_limit: "load offered",
  price: "price",
};

/** The limits of which there is one. */
const SINGLE = ["client_network", "server_network", "server_cache", "ssd_cache", "rate_limit", "price"];

/** That a limit is the one that counts. */
export const limits = (id: string): string => `The ${limit(id)} ${SINGLE.includes(id) ? "is" : "are"} the limit`;

/** What a limit is; an id that has no words stays itself. */
export const limit = (id: string): string => LIMITS[id] ?? words(id);

/** An id as words. */
export const words = (id: string): string => {
  const text = id.replaceAll("_", " ");
  const units: [RegExp, string][] = [
    [/^efa enabled$/, "EFA"],
    [/^per unit storage throughput$/, "throughput, MB/s per TiB"],
    [/ mb per s\b/, ", MB/s"],
    [/ operations per s\b/, ", operations/s"],
    [/ usd per month\b/, ", $ a month"],
    [/ gib per month\b/, ", GiB a month"],
    [/ mib per s\b/, ", MiB/s"],
    [/ gib\b/, ", GiB"],
    [/ mib\b/, ", MiB"],
    [/ kib\b/, ", KiB"],
    [/ gbps\b/, ", Gbit/s"],
    [/ usd\b/, ", $"],
    [/ s$/, ", s"],
    [/ h$/, ", hours"],
    [/ ms$/, ", ms"],
  ];
  const [from, to] = units.find(([from]) => from.test(text)) ?? [/$/, ""];
  return text.replace(from, () => to);
};

/** A field by its path, without the table that is meant if none is named. */
export const fieldName = (path: string): string =>
  capital(path.replace(/^file_system\./, "").split(".").map(words).join(" · ").replace(/ · (\d+)/g, (_, place) => ` ${Number(place) + 1}`));

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A file system in a few words. */
export function design(fileSystem: unknown): string {
  const of = (fileSystem ?? {}) as Record<string, unknown>;
  const parts = [of.deployment_type, of.storage_type ?? "SSD"];
  if (of.per_unit_storage_throughput) parts.push(`${textOf(of.per_unit_storage_throughput)} MB/s per TiB`);
  if (of.throughput_capacity_mb_per_s) parts.push(`${textOf(of.throughput_capacity_mb_per_s)} MB/s`);
  const capacity = of.storage_capacity_gib;
  if (capacity) parts.push(`${typeof capacity === "number" ? capacity.toLocaleString("en-US") : textOf(capacity)} GiB`);
  if (of.efa_enabled === true) parts.push("EFA");
  return parts.filter((part) => typeof part === "string").join(" · ");
}
