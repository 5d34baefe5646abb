/** How a user of TypeScript writes it: checked by the compiler, and run by no one. */
import { InputError, load } from "fsx-model";
import type { Estimate, Finding, Plan, Requirement, Scenario, Workload } from "fsx-model";
import { load as loadCore } from "fsx-model/core";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

const fsx = await load();
const core = await loadCore();

const load_: Workload = { name: "train", operation: "read", processes_per_client: 16 };
const scenario: Scenario = {
  file_system: { deployment_type: "PERSISTENT_2", storage_capacity_gib: 4800, per_unit_storage_throughput: 250 },
  clients: { count: 4 },
  workloads: [load_],
};
const answer = fsx.estimate(scenario);
same<typeof answer, Estimate>(true);
const mid: number | undefined = answer.workloads[0]?.sustained.operations_per_s.mid;
const findings: readonly Finding[] = new InputError(answer.findings).findings;

const requirement: Requirement = {
  workloads: [{ ...load_, target: { throughput_mb_per_s: { low: 1, mid: 2, high: 3 } } }],
};
const plan = core.plan(requirement);
same<typeof plan, Plan>(true);
// what a plan finds is an input again
if (plan.best) fsx.price({ file_system: plan.best.file_system });
const [job] = answer.jobs ?? [];
if (job && "accelerator_utilization" in job) same<typeof job.accelerator_utilization.mid, number>(true);

const read = fsx.read("requirement", "toml", "");
same<typeof read, Requirement>(true);
const { capacity, file_system, ...rest } = fsx.import("", "csi", { into: scenario }).scenario;
if (file_system) fsx.estimate({ ...rest, file_system });
fsx.export(requirement, "terraform");
fsx.compare([scenario, scenario] as const, ["one", "two"]);
await load(fetch("module.wasm"));
await loadCore(new Uint8Array());

void [mid, findings, capacity];

// what is wrong is seen before it runs
// @ts-expect-error no such type
fsx.check({ file_system: { deployment_type: "PERSISTENT_3", storage_capacity_gib: 1200 } });
// @ts-expect-error no deployment type
fsx.check({ file_system: { storage_capacity_gib: 1200 } });
// @ts-expect-error a capacity is a number
fsx.check({ file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib: "1200" } });
// @ts-expect-error a misspelt field
fsx.check({ file_system: { deployment_type: "SCRATCH_2", storage_capacity: 1200 } });
// @ts-expect-error a field that is there and is not
fsx.check({ file_system: { deployment_type: "SCRATCH_2", storage_capacity_gib: undefined } });
// @ts-expect-error a requirement is no scenario
fsx.estimate(requirement);
// @ts-expect-error left out of this module
core.export(scenario, "terraform");
// @ts-expect-error left out of this module
core.read("scenario", "toml", "");
// @ts-expect-error left out of every module
fsx.accuracy();
// @ts-expect-error no such tool
fsx.export(scenario, "pulumi");
// @ts-expect-error no source
await load(5);
