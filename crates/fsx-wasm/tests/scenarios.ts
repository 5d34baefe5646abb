/** Scenarios drawn at random: legal ones of each family, and anything. */
import fc from "fast-check";

function either<T>(...values: T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values);
}

/** One of these, now and then any number near. */
function whole(...values: number[]): fc.Arbitrary<number> {
  return fc.oneof({ arbitrary: either(...values), weight: 19 }, fc.integer({ min: -2, max: 10 ** 6 }));
}

function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** A table in which each field may be absent, but for those `required`. */
function some<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }, ...required: (keyof T)[]) {
  return fc.record(fields, { requiredKeys: required });
}

const FILE_SYSTEMS = fc.oneof(
  some(
    {
      deployment_type: either("PERSISTENT_2"),
      storage_capacity_gib: either(1200, 2400, 4800, 48000, 96000),
      per_unit_storage_throughput: either(125, 250, 500, 1000),
      metadata_configuration: either({ mode: "AUTOMATIC" }),
      data_compression_type: either("NONE", "LZ4"),
      efa_enabled: fc.boolean(),
      fill: between(0, 1),
    },
    "deployment_type",
    "storage_capacity_gib",
    "per_unit_storage_throughput",
  ),
  fc.record({
    deployment_type: either("SCRATCH_1", "SCRATCH_2"),
    storage_capacity_gib: either(1200, 2400, 3600, 7200),
  }),
  fc.record({
    deployment_type: either("PERSISTENT_1"),
    storage_type: either("HDD"),
    storage_capacity_gib: either(6000, 12000, 18000),
    per_unit_storage_throughput: either(12, 40),
    drive_cache_type: either("NONE", "READ"),
  }),
  fc.record({
    deployment_type: either("PERSISTENT_2"),
    storage_type: either("INTELLIGENT_TIERING"),
    throughput_capacity_mb_per_s: either(4000, 8000),
    read_cache: either({ sizing_mode: "PROPORTIONAL_TO_THROUGHPUT_CAPACITY" }),
    metadata_configuration: either({ mode: "USER_PROVISIONED", iops: 6000 }),
    efa_enabled: either(true),
  }),
  some({
    deployment_type: either("SCRATCH_1", "SCRATCH_2", "PERSISTENT_1", "PERSISTENT_2"),
    storage_type: either("SSD", "HDD", "INTELLIGENT_TIERING"),
    storage_capacity_gib: whole(1200, 2400, 4800, 6000),
    per_unit_storage_throughput: whole(12, 40, 50, 100, 200, 125, 250, 500, 1000),
    throughput_capacity_mb_per_s: whole(4000, 8000),
    efa_enabled: fc.boolean(),
    credits_at_start: between(-0.5, 1.5),
  }),
);

const CLIENTS = some({
  instance_type: either("c6in.16xlarge", "p5.48xlarge", "m5.large"),
  count: whole(1, 4, 16, 100),
  interface: either("ENA", "ENA", "ENA", "ENA_EXPRESS", "EFA"),
  same_availability_zone: fc.boolean(),
  network_gbps: between(0.5, 800),
});

const WORKLOADS = some({
  name: fc.string({ unit: "binary", maxLength: 8 }),
  operation: either("read", "write", "create", "stat", "delete"),
  access: either("sequential", "random"),
  io_size_kib: between(1, 4096),
  direct_io: fc.boolean(),
  queue_depth: whole(1, 8, 64),
  processes_per_client: whole(1, 8, 32),
  file_size_mib: between(0.001, 1e5),
  file_count: whole(1, 100, 10 ** 5),
  shared_file: fc.boolean(),
  passes: whole(1, 2, 10),
  data_in: either("disk", "server_cache", "auto"),
  compression_ratio: between(0.9, 4),
  rate_limit_mb_per_s: between(0.1, 1e5),
});

/** A scenario as text, which may be refused. */
export const SCENARIOS = some(
  { file_system: FILE_SYSTEMS, workloads: fc.array(WORKLOADS, { maxLength: 2 }), clients: CLIENTS },
  "file_system",
  "workloads",
).map((scenario) => JSON.stringify(scenario));
