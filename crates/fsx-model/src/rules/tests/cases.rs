//! One fault each: what is laid over a legal scenario, and the one finding it gives.

/// A spoilt scenario and its finding.
pub(super) struct Case {
    pub(super) base: &'static str,
    pub(super) patch: &'static str,
    pub(super) code: &'static str,
    pub(super) field: &'static str,
    pub(super) value: &'static str,
    pub(super) fix: &'static str,
    /// Whether it is one of the designs people ask for most.
    pub(super) asked_for: bool,
}

const fn case(
    base: &'static str,
    patch: &'static str,
    code: &'static str,
    field: &'static str,
    value: &'static str,
    fix: &'static str,
) -> Case {
    Case { base, patch, code, field, value, fix, asked_for: false }
}

const fn asked_for(mut case: Case) -> Case {
    case.asked_for = true;
    case
}

const CAPACITY: &str = "file_system.storage_capacity_gib";
const TIER: &str = "file_system.per_unit_storage_throughput";
const THROUGHPUT: &str = "file_system.throughput_capacity_mb_per_s";
const METADATA: &str = "file_system.metadata_configuration";
const IOPS: &str = "file_system.metadata_configuration.iops";
const VERSION: &str = "file_system.file_system_type_version";
const COMPONENTS: &str = "file_system.layout.components";

#[rustfmt::skip]
pub(super) static CASES: &[Case] = &[
    // illegal designs people ask for
    asked_for(case("P2", r#"{"file_system":{"storage_capacity_gib":3600}}"#, "FSX-CAPACITY-STEP", CAPACITY, "3600", "4800")),
    asked_for(case("EFA", r#"{"file_system":{"storage_capacity_gib":4800}}"#, "FSX-CAPACITY-STEP", CAPACITY, "4800", "19200")),
    asked_for(case("P1", r#"{"file_system":{"per_unit_storage_throughput":125}}"#, "FSX-TIER", TIER, "125", "100")),
    asked_for(case("S2", r#"{"file_system":{"metadata_configuration":{"mode":"AUTOMATIC"}}}"#, "FSX-METADATA-TYPE", METADATA, "AUTOMATIC", "remove it")),
    asked_for(case("P2", r#"{"file_system":{"storage_type":"HDD"}}"#, "FSX-STORAGE-TYPE", "file_system.storage_type", "HDD", "SSD")),
    asked_for(case("P5", r#"{"clients":{"instance_type":"p4d.24xlarge"}}"#, "FSX-CLIENT-EFA", "clients.instance_type", "p4d.24xlarge", "p5.48xlarge")),
    asked_for(case("META", r#"{"file_system":{"metadata_configuration":{"iops":9000}}}"#, "FSX-METADATA-IOPS", IOPS, "9000", "12000")),
    asked_for(case("META", r#"{"file_system":{"storage_capacity_gib":48000}}"#, "FSX-METADATA-FLOOR", IOPS, "12000", "24000")),
    asked_for(case("IT", r#"{"file_system":{"throughput_capacity_mb_per_s":6000}}"#, "FSX-THROUGHPUT-STEP", THROUGHPUT, "6000", "8000")),

    // deployment type and storage class
    case("P2", r#"{"file_system":{"storage_type":"HDD","drive_cache_type":"READ","per_unit_storage_throughput":12,"storage_capacity_gib":6000}}"#, "FSX-STORAGE-TYPE", "file_system.storage_type", "HDD", "SSD"),
    case("P1", r#"{"file_system":{"storage_type":"INTELLIGENT_TIERING","throughput_capacity_mb_per_s":4000}}"#, "FSX-STORAGE-TYPE", "file_system.storage_type", "INTELLIGENT_TIERING", "SSD"),
    case("S1", r#"{"file_system":{"storage_type":"HDD"}}"#, "FSX-STORAGE-TYPE", "file_system.storage_type", "HDD", "SSD"),
    case("P2", r#"{"region":"us-esat-1"}"#, "FSX-REGION", "region", "us-esat-1", "us-east-1"),
    case("IT", r#"{"region":"mx-central-1"}"#, "FSX-REGION-TYPE", "region", "mx-central-1", "another Region, or PERSISTENT_2 with SSD"),
    case("P2", r#"{"file_system":{"file_system_type_version":"2.10"}}"#, "FSX-VERSION", VERSION, "2.10", "2.15"),
    case("META", r#"{"file_system":{"file_system_type_version":"2.10"}}"#, "FSX-VERSION", VERSION, "2.10", "2.15"),
    case("S2", r#"{"file_system":{"file_system_type_version":"2.16"}}"#, "FSX-VERSION", VERSION, "2.16", "2.15"),
    case("HDD", r#"{"file_system":{"drive_cache_type":null}}"#, "FSX-DRIVE-CACHE-REQUIRED", "file_system.drive_cache_type", "", "add drive_cache_type = \"NONE\""),
    case("P2", r#"{"file_system":{"drive_cache_type":"NONE"}}"#, "FSX-DRIVE-CACHE-NOT-TAKEN", "file_system.drive_cache_type", "NONE", "remove it"),
    case("P2", r#"{"file_system":{"stored":{"data_gib":10}}}"#, "FSX-STORED-NOT-TAKEN", "file_system.stored", "", "remove it"),
    case("IT", r#"{"file_system":{"stored":{"tier_shares":{"frequent":0.5,"infrequent":0.75}}}}"#, "FSX-STORED-SHARES", "file_system.stored.tier_shares", "1.25", "shares that add up to 1"),
    case("IT", r#"{"file_system":{"stored":{"tier_shares":{"frequent":0.5,"infrequent":0.25,"archive":0}}}}"#, "FSX-STORED-SHARES", "file_system.stored.tier_shares", "0.75", "shares that add up to 1"),
    case("IT", r#"{"file_system":{"stored":{"data_gib":2000000}}}"#, "FSX-STORED-MAXIMUM", "file_system.stored.data_gib", "2000000", "1048576"),

    // EFA and places
    case("S2", r#"{"file_system":{"efa_enabled":true}}"#, "FSX-EFA-TYPE", "file_system.efa_enabled", "true", "false"),
    case("S2", r#"{"file_system":{"efa_enabled":true},"region":"cn-north-1","clients":{"interface":"EFA","instance_type":"p5.48xlarge"}}"#, "FSX-EFA-TYPE", "file_system.efa_enabled", "true", "false"),
    case("EFA", r#"{"file_system":{"metadata_configuration":null}}"#, "FSX-EFA-METADATA", METADATA, "", "add metadata_configuration = { mode = \"AUTOMATIC\" }"),
    case("IT", r#"{"file_system":{"efa_enabled":true,"metadata_configuration":null}}"#, "FSX-EFA-METADATA", METADATA, "", "add metadata_configuration = { mode = \"USER_PROVISIONED\", iops = 6000 }"),
    case("EFA", r#"{"region":"us-east-1-atl-2"}"#, "FSX-EFA-REGION", "file_system.efa_enabled", "true", "false"),
    case("P2", r#"{"region":"il-central-1","file_system":{"per_unit_storage_throughput":1000}}"#, "FSX-REGION-TIER", TIER, "1000", "250"),

    // capacity and throughput
    case("P1", r#"{"file_system":{"per_unit_storage_throughput":null}}"#, "FSX-TIER-REQUIRED", TIER, "", "add per_unit_storage_throughput = 50"),
    case("EFA", r#"{"file_system":{"per_unit_storage_throughput":null}}"#, "FSX-TIER-REQUIRED", TIER, "", "add per_unit_storage_throughput = 125"),
    case("S2", r#"{"file_system":{"per_unit_storage_throughput":200}}"#, "FSX-TIER-NOT-TAKEN", TIER, "200", "remove it"),
    case("IT", r#"{"file_system":{"per_unit_storage_throughput":250}}"#, "FSX-TIER-NOT-TAKEN", TIER, "250", "remove it"),
    case("HDD", r#"{"file_system":{"per_unit_storage_throughput":26}}"#, "FSX-TIER", TIER, "26", "40"),
    case("P1", r#"{"file_system":{"per_unit_storage_throughput":75}}"#, "FSX-TIER", TIER, "75", "100"),
    case("P2", r#"{"file_system":{"per_unit_storage_throughput":-1}}"#, "FSX-TIER", TIER, "-1", "125"),
    case("P2", r#"{"file_system":{"storage_capacity_gib":null}}"#, "FSX-CAPACITY-REQUIRED", CAPACITY, "", "add storage_capacity_gib = 1200"),
    case("EFA", r#"{"file_system":{"storage_capacity_gib":null}}"#, "FSX-CAPACITY-REQUIRED", CAPACITY, "", "add storage_capacity_gib = 19200"),
    case("IT", r#"{"file_system":{"storage_capacity_gib":1200}}"#, "FSX-CAPACITY-NOT-TAKEN", CAPACITY, "1200", "remove it"),
    case("P1", r#"{"file_system":{"storage_capacity_gib":3600}}"#, "FSX-CAPACITY-STEP", CAPACITY, "3600", "4800"),
    case("P2", r#"{"file_system":{"storage_capacity_gib":0}}"#, "FSX-CAPACITY-STEP", CAPACITY, "0", "1200"),
    case("P2", r#"{"file_system":{"storage_capacity_gib":-5}}"#, "FSX-CAPACITY-STEP", CAPACITY, "-5", "1200"),
    case("S1", r#"{"file_system":{"storage_capacity_gib":4800}}"#, "FSX-CAPACITY-STEP", CAPACITY, "4800", "3600"),
    case("HDD", r#"{"file_system":{"storage_capacity_gib":1800}}"#, "FSX-CAPACITY-STEP", CAPACITY, "1800", "6000"),
    case("META", r#"{"file_system":{"storage_capacity_gib":600,"metadata_configuration":{"iops":1500}}}"#, "FSX-CAPACITY-STEP", CAPACITY, "600", "1200"),
    case("EFA", r#"{"file_system":{"storage_capacity_gib":1200000}}"#, "FSX-CAPACITY-STEP", CAPACITY, "1200000", "1190400"),
    case("EFA", r#"{"file_system":{"storage_capacity_gib":1300000}}"#, "FSX-CAPACITY-MAXIMUM", CAPACITY, "1300000", "1190400"),
    case("P2", r#"{"file_system":{"storage_capacity_gib":1202400}}"#, "FSX-CAPACITY-MAXIMUM", CAPACITY, "1202400", "1200000"),
    case("S2", r#"{"file_system":{"storage_capacity_gib":9007199254740992}}"#, "FSX-CAPACITY-MAXIMUM", CAPACITY, "9007199254740992", "9780000"),
    case("IT", r#"{"file_system":{"throughput_capacity_mb_per_s":null}}"#, "FSX-THROUGHPUT-REQUIRED", THROUGHPUT, "", "add throughput_capacity_mb_per_s = 4000"),
    case("P2", r#"{"file_system":{"throughput_capacity_mb_per_s":6000}}"#, "FSX-THROUGHPUT-NOT-TAKEN", THROUGHPUT, "6000", "remove it"),
    case("IT", r#"{"file_system":{"throughput_capacity_mb_per_s":-4000}}"#, "FSX-THROUGHPUT-STEP", THROUGHPUT, "-4000", "4000"),
    case("IT", r#"{"file_system":{"throughput_capacity_mb_per_s":3000000}}"#, "FSX-THROUGHPUT-STEP", THROUGHPUT, "3000000", "2000000"),

    // metadata configuration
    case("P1", r#"{"file_system":{"metadata_configuration":{"mode":"USER_PROVISIONED","iops":9000}}}"#, "FSX-METADATA-TYPE", METADATA, "USER_PROVISIONED", "remove it"),
    case("META", r#"{"file_system":{"file_system_type_version":"2.12"}}"#, "FSX-METADATA-VERSION", VERSION, "2.12", "2.15"),
    case("IT", r#"{"file_system":{"metadata_configuration":{"mode":"AUTOMATIC"}}}"#, "FSX-METADATA-MODE", "file_system.metadata_configuration.mode", "AUTOMATIC", "USER_PROVISIONED"),
    case("META", r#"{"file_system":{"metadata_configuration":{"iops":null},"storage_capacity_gib":4800}}"#, "FSX-METADATA-IOPS-REQUIRED", IOPS, "", "add iops = 6000"),
    case("META", r#"{"file_system":{"metadata_configuration":{"mode":"AUTOMATIC"}}}"#, "FSX-METADATA-IOPS-NOT-TAKEN", IOPS, "12000", "remove it"),
    case("META", r#"{"file_system":{"metadata_configuration":{"iops":9000},"storage_capacity_gib":48000}}"#, "FSX-METADATA-IOPS", IOPS, "9000", "24000"),
    case("META", r#"{"file_system":{"metadata_configuration":{"iops":-1}}}"#, "FSX-METADATA-IOPS", IOPS, "-1", "1500"),
    case("IT", r#"{"file_system":{"metadata_configuration":{"iops":24000}}}"#, "FSX-METADATA-IOPS", IOPS, "24000", "12000"),
    case("META", r#"{"file_system":{"metadata_configuration":{"iops":1500},"storage_capacity_gib":2400}}"#, "FSX-METADATA-FLOOR", IOPS, "1500", "3000"),

    // read cache
    case("IT", r#"{"file_system":{"read_cache":null}}"#, "FSX-READ-CACHE-REQUIRED", "file_system.read_cache", "", "add read_cache = { sizing_mode = \"PROPORTIONAL_TO_THROUGHPUT_CAPACITY\" }"),
    case("P2", r#"{"file_system":{"read_cache":{"sizing_mode":"USER_PROVISIONED"}}}"#, "FSX-READ-CACHE-NOT-TAKEN", "file_system.read_cache", "USER_PROVISIONED", "remove it"),
    case("IT", r#"{"file_system":{"read_cache":{"size_gib":null}}}"#, "FSX-READ-CACHE-SIZE-REQUIRED", "file_system.read_cache.size_gib", "", "add size_gib = 64"),
    case("IT", r#"{"file_system":{"read_cache":{"sizing_mode":"NO_CACHE"}}}"#, "FSX-READ-CACHE-SIZE-NOT-TAKEN", "file_system.read_cache.size_gib", "20000", "remove it"),
    case("IT", r#"{"file_system":{"read_cache":{"size_gib":63}}}"#, "FSX-READ-CACHE-SIZE", "file_system.read_cache.size_gib", "63", "64"),
    case("IT", r#"{"file_system":{"read_cache":{"size_gib":524288}}}"#, "FSX-READ-CACHE-SIZE", "file_system.read_cache.size_gib", "524288", "262144"),

    // layout
    case("P2", r#"{"file_system":{"layout":{"kind":"default","count":4}}}"#, "FSX-LAYOUT-FIELD", "file_system.layout.count", "4", "remove it"),
    case("P2", r#"{"file_system":{"layout":{"kind":"default","size_mib":0}}}"#, "FSX-LAYOUT-FIELD", "file_system.layout.size_mib", "0", "remove it"),
    case("P2", r#"{"file_system":{"layout":{"kind":"stripe","count":4,"before":"2020-12-18"}}}"#, "FSX-LAYOUT-FIELD", "file_system.layout.before", "2020-12-18", "remove it"),
    case("P2", r#"{"file_system":{"layout":{"kind":"stripe","count":4,"components":[{"count":0}]}}}"#, "FSX-LAYOUT-FIELD", "file_system.layout.components", "", "remove it"),
    case("P2", r#"{"file_system":{"layout":{"kind":"created"}}}"#, "FSX-LAYOUT-BEFORE", "file_system.layout.before", "", "add before = \"2023-08-25\""),
    case("P2", r#"{"file_system":{"layout":{"kind":"created","before":"2019-01-01"}}}"#, "FSX-LAYOUT-BEFORE", "file_system.layout.before", "2019-01-01", "2020-12-18"),
    case("P2", r#"{"file_system":{"layout":{"kind":"created","before":"2022-05-01"}}}"#, "FSX-LAYOUT-BEFORE", "file_system.layout.before", "2022-05-01", "2023-08-25"),
    case("P2", r#"{"file_system":{"layout":{"kind":"stripe"}}}"#, "FSX-LAYOUT-COUNT-REQUIRED", "file_system.layout.count", "", "add count = -1"),
    case("P2", r#"{"file_system":{"layout":{"kind":"stripe","count":0}}}"#, "FSX-LAYOUT-COUNT", "file_system.layout.count", "0", "1"),
    case("P2", r#"{"file_system":{"layout":{"kind":"stripe","count":-2}}}"#, "FSX-LAYOUT-COUNT", "file_system.layout.count", "-2", "-1"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"end_mib":100,"count":2001},{"count":-1}]}}}"#, "FSX-LAYOUT-COUNT", "file_system.layout.components[0].count", "2001", "2000"),
    case("P2", r#"{"file_system":{"layout":{"kind":"stripe","count":1,"size_mib":0}}}"#, "FSX-LAYOUT-SIZE", "file_system.layout.size_mib", "0", "1"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components"}}}"#, "FSX-LAYOUT-COMPONENTS", COMPONENTS, "", "add components = [ { count = -1 } ]"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1},{"count":1}]}}}"#, "FSX-LAYOUT-COMPONENTS", COMPONENTS, "17", "16 components or fewer"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"end_mib":7,"count":1},{"count":1},{"count":1}]}}}"#, "FSX-LAYOUT-END-REQUIRED", "file_system.layout.components[1].end_mib", "", "add end_mib of 8 or more"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"end_mib":100,"count":1}]}}}"#, "FSX-LAYOUT-END-OPEN", "file_system.layout.components[0].end_mib", "100", "remove it"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"end_mib":100,"count":1},{"end_mib":100,"count":2},{"count":3}]}}}"#, "FSX-LAYOUT-END", "file_system.layout.components[1].end_mib", "100", "101"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"end_mib":0,"count":1},{"count":3}]}}}"#, "FSX-LAYOUT-END", "file_system.layout.components[0].end_mib", "0", "1"),
    case("P2", r#"{"file_system":{"layout":{"kind":"components","components":[{"end_mib":9007199254740992,"count":1},{"count":3}]}}}"#, "FSX-LAYOUT-END", "file_system.layout.components[0].end_mib", "9007199254740992", "33554432000"),

    // numbers
    case("P2", r#"{"file_system":{"fill":1.5}}"#, "FSX-VALUE-RANGE", "file_system.fill", "1.5", "1"),
    case("P2", r#"{"file_system":{"credits_at_start":-0.5}}"#, "FSX-VALUE-RANGE", "file_system.credits_at_start", "-0.5", "0"),
    case("IT", r#"{"file_system":{"stored":{"data_gib":-1}}}"#, "FSX-VALUE-RANGE", "file_system.stored.data_gib", "-1", "0"),
    case("IT", r#"{"file_system":{"stored":{"tier_shares":{"frequent":2}}}}"#, "FSX-VALUE-RANGE", "file_system.stored.tier_shares.frequent", "2", "1"),
    case("P5", r#"{"clients":{"count":0}}"#, "FSX-VALUE-RANGE", "clients.count", "0", "1"),
    case("P5", r#"{"clients":{"count":200000}}"#, "FSX-VALUE-RANGE", "clients.count", "200000", "131072"),
    case("P2", r#"{"clients":{"network_gbps":400}}"#, "FSX-CLIENT-NETWORK", "clients.network_gbps", "400", "100"),
    case("P2", r#"{"clients":{"network_gbps":0}}"#, "FSX-VALUE-RANGE", "clients.network_gbps", "0", "0.001"),
    case("P2", r#"{"workloads":[{"io_size_kib":0}]}"#, "FSX-VALUE-RANGE", "workloads[0].io_size_kib", "0", "0.001"),
    case("P2", r#"{"workloads":[{"io_size_kib":1e9}]}"#, "FSX-VALUE-RANGE", "workloads[0].io_size_kib", "1000000000", "1048576"),
    case("P2", r#"{"workloads":[{"file_size_mib":1e12}]}"#, "FSX-VALUE-RANGE", "workloads[0].file_size_mib", "1000000000000", "33554432000"),
    case("P2", r#"{"workloads":[{"queue_depth":0}]}"#, "FSX-VALUE-RANGE", "workloads[0].queue_depth", "0", "1"),
    case("P2", r#"{"workloads":[{"queue_depth":65537}]}"#, "FSX-VALUE-RANGE", "workloads[0].queue_depth", "65537", "65536"),
    case("P2", r#"{"workloads":[{"processes_per_client":-3}]}"#, "FSX-VALUE-RANGE", "workloads[0].processes_per_client", "-3", "1"),
    case("P2", r#"{"workloads":[{"file_count":0}]}"#, "FSX-VALUE-RANGE", "workloads[0].file_count", "0", "1"),
    case("P2", r#"{"workloads":[{"compression_ratio":0.5}]}"#, "FSX-VALUE-RANGE", "workloads[0].compression_ratio", "0.5", "1"),
    case("P2", r#"{"workloads":[{"rate_limit_mb_per_s":0}]}"#, "FSX-VALUE-RANGE", "workloads[0].rate_limit_mb_per_s", "0", "0.000001"),
    case("P2", r#"{"workloads":[{"rate_limit_operations_per_s":0}]}"#, "FSX-VALUE-RANGE", "workloads[0].rate_limit_operations_per_s", "0", "0.000001"),
    case("P2", r#"{"workloads":[{"target":{"latency_ms":0}}]}"#, "FSX-VALUE-RANGE", "workloads[0].target.latency_ms", "0", "0.000001"),
    case("P2", r#"{"workloads":[{"target":{"regime":"burst"}}]}"#, "FSX-TARGET-EMPTY", "workloads[0].target", "", "add throughput_mb_per_s, operations_per_s, latency_ms or seconds"),
    case("P2", r#"{"workloads":[{"operation":"create","target":{"throughput_mb_per_s":9}}]}"#, "FSX-TARGET-METADATA", "workloads[0].target.throughput_mb_per_s", "9", "remove it"),
    case("P2", r#"{"workloads":[{"rate_limit_mb_per_s":5,"target":{"throughput_mb_per_s":9}}]}"#, "FSX-TARGET-RATE-LIMIT", "workloads[0].target.throughput_mb_per_s", "9", "5"),
    case("P2", r#"{"workloads":[{"operations":{"create":-1}}]}"#, "FSX-VALUE-RANGE", "workloads[0].operations.create", "-1", "0"),
    case("P2", r#"{"backup":{"automatic_retention_days":91}}"#, "FSX-VALUE-RANGE", "backup.automatic_retention_days", "91", "90"),
    case("S2", r#"{"backup":{"automatic_retention_days":-1}}"#, "FSX-VALUE-RANGE", "backup.automatic_retention_days", "-1", "0"),
    case("P2", r#"{"pricing":{"hours_per_month":745}}"#, "FSX-VALUE-RANGE", "pricing.hours_per_month", "745", "744"),
    case("P2", r#"{"pricing":{"duty_cycle":1.1}}"#, "FSX-VALUE-RANGE", "pricing.duty_cycle", "1.1", "1"),
    case("P2", r#"{"pricing":{"duty_cycle":0}}"#, "FSX-VALUE-RANGE", "pricing.duty_cycle", "0", "0.000001"),
    case("P2", r#"{"pricing":{"creations_per_month":-1}}"#, "FSX-VALUE-RANGE", "pricing.creations_per_month", "-1", "0"),
    case("P2", r#"{"pricing":{"cross_az_gb_per_month":-1}}"#, "FSX-VALUE-RANGE", "pricing.cross_az_gb_per_month", "-1", "0"),
    case("P2", r#"{"pricing":{"prices":[{"item":"backup","usd":0},{"item":"persistent_2.ssd_250","usd":-0.1}]}}"#, "FSX-VALUE-RANGE", "pricing.prices[1].usd", "-0.1", "0"),

    // prices
    case("P2", r#"{"pricing":{"price_book":"buildin"}}"#, "FSX-PRICE-BOOK", "pricing.price_book", "buildin", "built-in"),
    case("P2", r#"{"pricing":{"price_book":"prices.toml"}}"#, "FSX-PRICE-BOOK", "pricing.price_book", "prices.toml", "built-in"),
    case("P2", r#"{"pricing":{"date":"2026-02-29"}}"#, "FSX-PRICE-DATE", "pricing.date", "2026-02-29", "a day such as 2026-11-22"),
    case("P2", r#"{"pricing":{"date":"2028-02-29","prices":[{"item":"backup","usd":0.05,"as_of":"2026-5-1"}]}}"#, "FSX-PRICE-DATE", "pricing.prices[0].as_of", "2026-5-1", "a day such as 2026-11-22"),
    case("P2", r#"{"pricing":{"prices":[{"item":"backups","usd":0.2}]}}"#, "FSX-PRICE-ITEM", "pricing.prices[0].item", "backups", "backup"),
    case("P2", r#"{"pricing":{"prices":[{"item":"ec2.on_demand.p5.48xlarge","usd":50},{"item":"ec2.on_demand.p5.48xlarg","usd":50}]}}"#, "FSX-PRICE-ITEM", "pricing.prices[1].item", "ec2.on_demand.p5.48xlarg", "ec2.on_demand.p5.48xlarge"),
    case("P2", r#"{"pricing":{"prices":[{"item":"backup","usd":0.05,"region":"us-esat-1"}]}}"#, "FSX-PRICE-REGION", "pricing.prices[0].region", "us-esat-1", "us-east-1"),
    case("P2", r#"{"pricing":{"prices":[{"item":"backup","usd":0.05,"region":"us-east-1"},{"item":"backup","usd":0.04},{"item":"backup","usd":0.05}]}}"#, "FSX-PRICE-TWICE", "pricing.prices[2].item", "backup", "remove it"),

    // backups
    case("S2", r#"{"backup":{"automatic_retention_days":7}}"#, "FSX-BACKUP-TYPE", "backup.automatic_retention_days", "7", "0"),
    case("P2", r#"{"backup":{"automatic_retention_days":7},"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket","auto_import":["NEW"]}]}}"#, "FSX-BACKUP-REPOSITORY", "backup.automatic_retention_days", "7", "0"),
    case("P2", r#"{"backup":{"copy_tags":true},"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket","auto_import":["NEW"]}]}}"#, "FSX-BACKUP-TAGS", "backup.copy_tags", "true", "false"),
    case("P2", r#"{"backup":{"daily_automatic_start_time":"05:00"}}"#, "FSX-BACKUP-TIME", "backup.daily_automatic_start_time", "05:00", "backup.automatic_retention_days, or remove it"),

    // links to S3
    case("S1", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-TYPE", "file_system.data_repository_associations", "1", "remove them, or take SCRATCH_2, PERSISTENT_1 or PERSISTENT_2"),
    case("IT", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a"},{"file_system_path":"/a/b","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-TYPE", "file_system.data_repository_associations", "2", "remove them, or take another storage class"),
    case("S2", r#"{"file_system":{"file_system_type_version":"2.10","data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-VERSION", "file_system.file_system_type_version", "2.10", "2.15"),
    case("P1", r#"{"file_system":{"file_system_type_version":"2.10","data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-VERSION", "file_system.file_system_type_version", "2.10", "2.15"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/0","data_repository_path":"s3://bucket/0","auto_import":["NEW"]},{"file_system_path":"/1","data_repository_path":"s3://bucket/1","auto_import":["NEW"]},{"file_system_path":"/2","data_repository_path":"s3://bucket/2","auto_import":["NEW"]},{"file_system_path":"/3","data_repository_path":"s3://bucket/3","auto_import":["NEW"]},{"file_system_path":"/4","data_repository_path":"s3://bucket/4","auto_import":["NEW"]},{"file_system_path":"/5","data_repository_path":"s3://bucket/5","auto_import":["NEW"]},{"file_system_path":"/6","data_repository_path":"s3://bucket/6","auto_import":["NEW"]},{"file_system_path":"/7","data_repository_path":"s3://bucket/7","auto_import":["NEW"]},{"file_system_path":"/8","data_repository_path":"s3://bucket/8","auto_import":["NEW"]}]}}"#, "FSX-DRA-COUNT", "file_system.data_repository_associations", "9", "8 associations or fewer"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"ns1","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH", "file_system.data_repository_associations[0].file_system_path", "ns1", "/ns1"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/ns1//sub/","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH", "file_system.data_repository_associations[0].file_system_path", "/ns1//sub/", "/ns1/sub"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/ns1/../ns2","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH", "file_system.data_repository_associations[0].file_system_path", "/ns1/../ns2", "/ns2"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH", "file_system.data_repository_associations[0].file_system_path", "", "/"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"//","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH", "file_system.data_repository_associations[0].file_system_path", "//", "/"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a\nb","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH", "file_system.data_repository_associations[0].file_system_path", "/a\nb", "a directory such as /ns1"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/b","data_repository_path":"s3://bucket/b","auto_import":["NEW"]}]}}"#, "FSX-DRA-ROOT", "file_system.data_repository_associations[0].file_system_path", "/", "a directory such as /ns1, or no other association"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/b","data_repository_path":"s3://bucket/b","auto_import":["NEW"]},{"file_system_path":"/","data_repository_path":"s3://bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-ROOT", "file_system.data_repository_associations[1].file_system_path", "/", "a directory such as /ns1, or no other association"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/ns1","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/ns1/subdir/","data_repository_path":"s3://bucket/b","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH-OVERLAP", "file_system.data_repository_associations[1].file_system_path", "/ns1/subdir/", "a directory outside /ns1"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/ns1/subdir","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/ns1/","data_repository_path":"s3://bucket/b","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH-OVERLAP", "file_system.data_repository_associations[1].file_system_path", "/ns1/", "a directory outside /ns1/subdir"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/ns1","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/ns1/","data_repository_path":"s3://bucket/b","auto_import":["NEW"]}]}}"#, "FSX-DRA-PATH-OVERLAP", "file_system.data_repository_associations[1].file_system_path", "/ns1/", "a directory outside /ns1"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"bucket/prefix","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-PATH", "file_system.data_repository_associations[0].data_repository_path", "bucket/prefix", "s3://bucket/prefix"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"S3://bucket","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-PATH", "file_system.data_repository_associations[0].data_repository_path", "S3://bucket", "s3://bucket"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"arn:aws:s3:::bucket/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-PATH", "file_system.data_repository_associations[0].data_repository_path", "arn:aws:s3:::bucket/a", "s3://bucket/a"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"https://bucket.s3.amazonaws.com/","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-PATH", "file_system.data_repository_associations[0].data_repository_path", "https://bucket.s3.amazonaws.com/", "a path such as s3://bucket/prefix"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-PATH", "file_system.data_repository_associations[0].data_repository_path", "s3://", "a path such as s3://bucket/prefix"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://MyBucket/Prefix","auto_import":["NEW"]}]}}"#, "FSX-DRA-BUCKET", "file_system.data_repository_associations[0].data_repository_path", "s3://MyBucket/Prefix", "s3://mybucket/Prefix"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://my_bucket","auto_import":["NEW"]}]}}"#, "FSX-DRA-BUCKET", "file_system.data_repository_associations[0].data_repository_path", "s3://my_bucket", "the name of a bucket there is"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://ab/a","auto_import":["NEW"]}]}}"#, "FSX-DRA-BUCKET", "file_system.data_repository_associations[0].data_repository_path", "s3://ab/a", "the name of a bucket there is"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://192.168.5.4","auto_import":["NEW"]}]}}"#, "FSX-DRA-BUCKET", "file_system.data_repository_associations[0].data_repository_path", "s3://192.168.5.4", "the name of a bucket there is"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://my..bucket","auto_import":["NEW"]}]}}"#, "FSX-DRA-BUCKET", "file_system.data_repository_associations[0].data_repository_path", "s3://my..bucket", "the name of a bucket there is"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://-bucket","auto_import":["NEW"]}]}}"#, "FSX-DRA-BUCKET", "file_system.data_repository_associations[0].data_repository_path", "s3://-bucket", "the name of a bucket there is"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/b","data_repository_path":"s3://bucket/a/b","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-OVERLAP", "file_system.data_repository_associations[1].data_repository_path", "s3://bucket/a/b", "a bucket or prefix outside s3://bucket/a"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/b","data_repository_path":"s3://bucket","auto_import":["NEW"]}]}}"#, "FSX-DRA-S3-OVERLAP", "file_system.data_repository_associations[1].data_repository_path", "s3://bucket", "a bucket or prefix outside s3://bucket/a"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"imported_file_chunk_size_mib":0}]}}"#, "FSX-VALUE-RANGE", "file_system.data_repository_associations[0].imported_file_chunk_size_mib", "0", "1"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"imported_file_chunk_size_mib":512001}]}}"#, "FSX-VALUE-RANGE", "file_system.data_repository_associations[0].imported_file_chunk_size_mib", "512001", "512000"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"object_count":-1}]}}"#, "FSX-VALUE-RANGE", "file_system.data_repository_associations[0].object_count", "-1", "0"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"mean_object_size_mib":6e6}]}}"#, "FSX-VALUE-RANGE", "file_system.data_repository_associations[0].mean_object_size_mib", "6000000", "5242880"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"bucket_region":"us-esat-2","batch_import_metadata_on_create":true}]}}"#, "FSX-DRA-BUCKET-REGION", "file_system.data_repository_associations[0].bucket_region", "us-esat-2", "us-east-2"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"bucket_region":"eu-west-1","batch_import_metadata_on_create":true}]}}"#, "FSX-DRA-REGION", "file_system.data_repository_associations[0].bucket_region", "eu-west-1", "a bucket in the Region of the file system, or auto_import = []"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_export":["NEW"],"bucket_region":"eu-west-1","batch_import_metadata_on_create":true}]}}"#, "FSX-DRA-REGION-CREATE", "file_system.data_repository_associations[0].batch_import_metadata_on_create", "true", "false"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"bucket_account":"other"}]}}"#, "FSX-DRA-ACCOUNT", "file_system.data_repository_associations[0].bucket_account", "other", "a bucket policy that allows that account"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"encryption":"SSE-KMS"}]}}"#, "FSX-DRA-KMS", "file_system.data_repository_associations[0].encryption", "SSE-KMS", "a key policy that allows that role to encrypt and decrypt"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_export":["DELETED"]}]},"jobs":[{"kind":"import","object_count":9},{"kind":"export","object_count":9,"mean_object_size_mib":1}]}"#, "FSX-DRA-EXPORT-TASK", "jobs[1].kind", "export", "remove the job, or auto_export"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW","DELETED"],"auto_export":["DELETED","CHANGED","NEW"]}]}}"#, "FSX-DRA-CONFLICT", "file_system.data_repository_associations[0].auto_export", "NEW DELETED", "one side that writes each file, or one direction"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a"}]}}"#, "FSX-DRA-POLICY", "file_system.data_repository_associations[0].auto_import", "", "auto_import or auto_export, or import and export tasks"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"]},{"file_system_path":"/ab","data_repository_path":"s3://bucket/ab","auto_import":["NEW"]}]}}"#, "FSX-DRA-QUEUE", "file_system.data_repository_associations", "2", "the one needed first at the head of the list"),
    case("P2", r#"{"file_system":{"data_repository_associations":[{"file_system_path":"/a","data_repository_path":"s3://bucket/a","auto_import":["NEW"],"object_count":10000001}]}}"#, "FSX-DRA-UPDATES", "file_system.data_repository_associations", "10000001", "fewer changes, or fewer objects that are followed"),

    // clients
    case("P2", r#"{"clients":[{"name":"a"},{}]}"#, "FSX-CLIENT-NAME-REQUIRED", "clients[1].name", "", "add name = \"group-2\""),
    case("P2", r#"{"clients":[{"name":"a"},{"name":"a"}]}"#, "FSX-CLIENT-NAME", "clients[1].name", "a", "a-2"),
    case("P2", r#"{"clients":{"instance_type":"c6in.16xlarg"}}"#, "FSX-INSTANCE-TYPE", "clients.instance_type", "c6in.16xlarg", "c6in.16xlarge"),
    case("P5", r#"{"clients":{"instance_type":"p5.48xlarg","network_gbps":400}}"#, "FSX-INSTANCE-TYPE", "clients.instance_type", "p5.48xlarg", "p5.48xlarge"),
    case("P2", r#"{"clients":{"instance_type":"zz9","network_gbps":50}}"#, "FSX-INSTANCE-UNKNOWN", "clients.instance_type", "zz9", "remove it"),
    case("S1", r#"{"clients":{"instance_type":"c5.large","in_transit_encryption":true}}"#, "FSX-TRANSIT-TYPE", "clients.in_transit_encryption", "true", "false"),
    case("S2", r#"{"clients":{"instance_type":"c5.large","in_transit_encryption":true}}"#, "FSX-TRANSIT-INSTANCE", "clients.instance_type", "c5.large", "c5a.large"),

    // EFA, GPUDirect Storage, ENA Express
    case("P2", r#"{"clients":{"instance_type":"p4d.24xlarge","interface":"EFA","same_availability_zone":false}}"#, "FSX-CLIENT-INTERFACE", "clients.interface", "EFA", "ENA"),
    case("S2", r#"{"clients":{"instance_type":"c5.large","interface":"ENA_EXPRESS"}}"#, "FSX-CLIENT-INTERFACE", "clients.interface", "ENA_EXPRESS", "ENA"),
    case("EFA", r#"{"clients":{"interface":"EFA"}}"#, "FSX-CLIENT-INSTANCE-REQUIRED", "clients.instance_type", "", "add instance_type, such as \"p5.48xlarge\""),
    case("P5", r#"{"clients":{"instance_type":"c6in.16xlarge"}}"#, "FSX-CLIENT-EFA", "clients.instance_type", "c6in.16xlarge", "c6in.32xlarge"),
    case("P5", r#"{"clients":{"instance_type":"p4d.24xlarge","interface":"EFA_GDS","count":1000}}"#, "FSX-CLIENT-EFA", "clients.instance_type", "p4d.24xlarge", "p5.48xlarge"),
    case("P5", r#"{"clients":{"instance_type":"c6in.metal"}}"#, "FSX-CLIENT-EFA-UNKNOWN", "clients.instance_type", "c6in.metal", "c6in.32xlarge"),
    case("P5", r#"{"clients":{"instance_type":"c6in.32xlarge","interface":"EFA_GDS"}}"#, "FSX-CLIENT-GDS", "clients.interface", "EFA_GDS", "EFA"),
    case("P5", r#"{"clients":{"instance_type":"c5.large","interface":"ENA_EXPRESS"}}"#, "FSX-CLIENT-ENA-EXPRESS", "clients.interface", "ENA_EXPRESS", "ENA"),
    case("P5", r#"{"clients":{"same_availability_zone":false}}"#, "FSX-CLIENT-ZONE", "clients.same_availability_zone", "false", "true"),
    case("P5", r#"{"clients":{"count":129}}"#, "FSX-EFA-CONNECTIONS", "clients.count", "129", "128"),
    case("P5", r#"{"clients":[{"name":"a","instance_type":"p5.48xlarge","interface":"EFA","count":100},{"name":"b","instance_type":"p6-b300.48xlarge","interface":"EFA_GDS","count":20}]}"#, "FSX-EFA-CONNECTIONS", "clients[1].count", "20", "14"),

    // workloads
    case("P2", r#"{"workloads":[{"name":"a"},{"name":"a"}]}"#, "FSX-WORKLOAD-NAME", "workloads[1].name", "a", "a-2"),
    case("P2", r#"{"workloads":[{"name":"workload-2"},{}]}"#, "FSX-WORKLOAD-NAME", "workloads[0].name", "workload-2", "workload-2-2"),
    case("P2", r#"{"workloads":[{"operation":"read","operations":{"create":1}}]}"#, "FSX-WORKLOAD-OPERATION", "workloads[0].operation", "read", "remove it"),
    case("P2", r#"{"workloads":[{"operations":{"create":0}}]}"#, "FSX-WORKLOAD-MIX", "workloads[0].operations", "", "add create = 1"),
    case("P2", r#"{"clients":[{"name":"trainers"},{"name":"writers"}],"workloads":[{"clients":"trainer"}]}"#, "FSX-WORKLOAD-CLIENTS", "workloads[0].clients", "trainer", "trainers"),
    case("P2", r#"{"workloads":[{"clients":"trainers"}]}"#, "FSX-WORKLOAD-CLIENTS", "workloads[0].clients", "trainers", "remove it"),
    case("P2", r#"{"clients":{"name":"writers"},"jobs":[{"clients":"zz","preset":"llama3-8b"}]}"#, "FSX-WORKLOAD-CLIENTS", "jobs[0].clients", "zz", "writers"),
    case("P2", r#"{"workloads":[{"direct_io":true,"mapped":true,"queue_depth":8}]}"#, "FSX-WORKLOAD-MAPPED", "workloads[0].mapped", "true", "false"),
    case("P2", r#"{"workloads":[{"queue_depth":8}]}"#, "FSX-WORKLOAD-QUEUE-DEPTH", "workloads[0].queue_depth", "8", "add direct_io = true"),
    case("P2", r#"{"workloads":[{"queue_depth":8,"mapped":true}]}"#, "FSX-WORKLOAD-QUEUE-DEPTH", "workloads[0].queue_depth", "8", "1"),
    case("P2", r#"{"workloads":[{"compression_ratio":2}]}"#, "FSX-WORKLOAD-COMPRESSION", "workloads[0].compression_ratio", "2", "add data_compression_type = \"LZ4\" to file_system"),
    case("P2", r#"{"workloads":[{"operation":"write","fsync":false}]}"#, "FSX-WORKLOAD-FSYNC", "workloads[0].fsync", "false", "true"),
    case("P2", r#"{"workloads":[{"io_size_kib":1024,"file_size_mib":0.5}]}"#, "FSX-WORKLOAD-IO-SIZE", "workloads[0].io_size_kib", "1024", "512"),
    case("P2", r#"{"workloads":[{"file_count":2000}]}"#, "FSX-WORKLOAD-CAPACITY", "workloads[0].file_count", "2000", "1200"),
    case("P2", r#"{"clients":{"count":100},"workloads":[{"processes_per_client":32}]}"#, "FSX-WORKLOAD-CAPACITY", "workloads[0].file_count", "", "add file_count = 1200"),
    case("P2", r#"{"workloads":[{"file_size_mib":2457600,"shared_file":true}]}"#, "FSX-WORKLOAD-CAPACITY", "workloads[0].file_size_mib", "2457600", "1228800"),

    case("P2", r#"{"clients":{"count":4},"workloads":[{"client_count":5}]}"#, "FSX-WORKLOAD-CLIENT-COUNT", "workloads[0].client_count", "5", "4"),

    // jobs
    case("P2", r#"{"jobs":[{"preset":"unet3d-h10"}]}"#, "FSX-JOB-PRESET", "jobs[0].preset", "unet3d-h10", "unet3d-h100"),
    case("P2", r#"{"jobs":[{"preset":"unet3d-h100","kind":"checkpoint","file_count":168}]}"#, "FSX-JOB-PRESET", "jobs[0].kind", "checkpoint", "training"),
    case("P2", r#"{"jobs":[{"name":"mine"}]}"#, "FSX-JOB-KIND", "jobs[0].kind", "", "add kind"),
    case("P2", r#"{"jobs":[{"kind":"training","batch":8,"sample_bytes":1e6,"compute_s":0.1,"samples":100000,"ranks":8}]}"#, "FSX-JOB-FIELD", "jobs[0].ranks", "", "remove it"),
    case("P2", r#"{"jobs":[{"kind":"checkpoint","size_gib":100,"blocking_s":2}]}"#, "FSX-JOB-FIELD", "jobs[0].blocking_s", "", "add asynchronous = true"),
    case("P2", r#"{"jobs":[{"kind":"metadata","items":1000,"operations":{"stat":1},"directories":4,"shared_directory":true}]}"#, "FSX-JOB-FIELD", "jobs[0].directories", "", "remove it"),
    case("P2", r#"{"jobs":[{"kind":"training","batch":8,"sample_bytes":1e6,"compute_s":0.1}]}"#, "FSX-JOB-NEEDS", "jobs[0].samples", "", "add samples or file_count"),
    case("P2", r#"{"jobs":[{"kind":"checkpoint","parameters":1e9}]}"#, "FSX-JOB-NEEDS", "jobs[0].size_gib", "", "add size_gib, or parameters and bytes_per_parameter"),
    case("P2", r#"{"jobs":[{"kind":"metadata","items":1000}]}"#, "FSX-JOB-NEEDS", "jobs[0].operations", "", "add operations, such as { create = 1 }"),
    case("P2", r#"{"jobs":[{"kind":"benchmark"}]}"#, "FSX-JOB-NEEDS", "jobs[0].preset", "", "add a preset, such as ior-easy"),
    case("P2", r#"{"jobs":[{"preset":"ior-easy","target":{"seconds":60}}]}"#, "FSX-JOB-TARGET", "jobs[0].target", "", "remove it"),
    case("P2", r#"{"jobs":[{"kind":"training","batch":8,"sample_bytes":1e6,"compute_s":0.1,"samples":100000,"target":{}}]}"#, "FSX-JOB-TARGET", "jobs[0].target", "", "add accelerator_utilization"),
    case("P2", r#"{"jobs":[{"kind":"training","batch":8,"sample_bytes":1e6,"compute_s":0.1,"samples":100000,"target":{"accelerator_utilization":0.9,"save_s":60}}]}"#, "FSX-JOB-TARGET", "jobs[0].target.save_s", "60", "remove it"),
    case("P2", r#"{"jobs":[{"kind":"checkpoint","size_gib":100,"target":{"goodput":0.9}}]}"#, "FSX-JOB-TARGET", "jobs[0].target.goodput", "0.9", "add mean_time_to_failure_h"),
    case("P2", r#"{"jobs":[{"kind":"checkpoint","size_gib":100,"target":{"goodput":0.9},"mean_time_to_failure_h":1,"restart_s":3600}]}"#, "FSX-JOB-TARGET", "jobs[0].target.goodput", "0.9", "a lower goodput, or a shorter restart_s"),
    case("P2", r#"{"jobs":[{"kind":"training","batch":8,"sample_bytes":1e6,"compute_s":0.1,"samples":100000,"target":{"accelerator_utilization":1}}]}"#, "FSX-VALUE-RANGE", "jobs[0].target.accelerator_utilization", "1", "0.999"),
    case("P2", r#"{"jobs":[{"kind":"training","batch":8,"sample_bytes":1e6,"compute_s":0,"samples":100000}]}"#, "FSX-VALUE-RANGE", "jobs[0].compute_s", "0", "0.000000001"),
    case("P2", r#"{"clients":{"count":1},"jobs":[{"preset":"llama3-8b","ranks":16,"accelerators_per_client":8}]}"#, "FSX-JOB-RANKS", "jobs[0].ranks", "16", "8"),

    // assumptions
    case("P2", r#"{"assumptions":{"tcp_eficiency":0.8}}"#, "FSX-ASSUMPTION", "assumptions.tcp_eficiency", "0.8", "tcp_efficiency"),
    case("P2", r#"{"assumptions":{"tcp_efficiency":true}}"#, "FSX-ASSUMPTION-KIND", "assumptions.tcp_efficiency", "true", "0.75"),
    case("P2", r#"{"assumptions":{"efa_network_burst":1}}"#, "FSX-ASSUMPTION-KIND", "assumptions.efa_network_burst", "1", "true"),
    case("P2", r#"{"assumptions":{"tcp_efficiency":0}}"#, "FSX-ASSUMPTION-VALUE", "assumptions.tcp_efficiency", "0", "0.52"),
    case("P2", r#"{"assumptions":{"small_file_data_latency":-1}}"#, "FSX-ASSUMPTION-VALUE", "assumptions.small_file_data_latency", "-1", "0"),
    case("P2", r#"{"assumptions":{"tcp_efficiency":0.95}}"#, "FSX-ASSUMPTION-RANGE", "assumptions.tcp_efficiency", "0.95", "0.88"),

    // quotas of an account
    case("P2", r#"{"file_system":{"storage_capacity_gib":103200}}"#, "FSX-QUOTA", CAPACITY, "103200", "ask for more in Service Quotas first"),
    case("S2", r#"{"file_system":{"storage_capacity_gib":103200}}"#, "FSX-QUOTA", CAPACITY, "103200", "ask for more in Service Quotas first"),
    case("P1", r#"{"file_system":{"storage_capacity_gib":103200}}"#, "FSX-QUOTA", CAPACITY, "103200", "ask for more in Service Quotas first"),
    case("IT", r#"{"file_system":{"throughput_capacity_mb_per_s":104000,"read_cache":{"sizing_mode":"NO_CACHE","size_gib":null}}}"#, "FSX-QUOTA", THROUGHPUT, "104000", "ask for more in Service Quotas first"),
    case("IT", r#"{"file_system":{"throughput_capacity_mb_per_s":24000,"read_cache":{"sizing_mode":"PROPORTIONAL_TO_THROUGHPUT_CAPACITY","size_gib":null}}}"#, "FSX-QUOTA", "file_system.read_cache.size_gib", "120000", "ask for more in Service Quotas first"),

    case("P2", r#"{"cloudwatch":[{"metric":"DiskIopsUtilization","part":"OST0000","mean_percent":10,"max_percent":-1}]}"#, "FSX-VALUE-RANGE", "cloudwatch[0].max_percent", "-1", "0"),

    // deployment
    case("P2", r#"{"deploy":{"subnet_id":"subnet-1"}}"#, "FSX-DEPLOY-FORM", "deploy.subnet_id", "subnet-1", "a value such as subnet-0123456789abcdef0"),
    case("P2", r#"{"deploy":{"security_group_ids":["sg-0123456789abcdef0","sg-0123456789ABCDEF0"]}}"#, "FSX-DEPLOY-FORM", "deploy.security_group_ids[1]", "sg-0123456789ABCDEF0", "a value such as sg-0123456789abcdef0"),
    case("P2", r#"{"deploy":{"weekly_maintenance_start_time":"8:05:00"}}"#, "FSX-DEPLOY-FORM", "deploy.weekly_maintenance_start_time", "8:05:00", "a value such as 7:05:00"),
    case("P2", r#"{"deploy":{"root_squash":"1:4294967295"}}"#, "FSX-DEPLOY-FORM", "deploy.root_squash", "1:4294967295", "a value such as 65534:65534"),
    case("P2", r#"{"deploy":{"no_squash_nids":["10.0.1.6"]}}"#, "FSX-DEPLOY-FORM", "deploy.no_squash_nids[0]", "10.0.1.6", "a value such as 10.0.1.6@tcp"),
    case("P2", r#"{"deploy":{"mount_name":"ninechars"}}"#, "FSX-DEPLOY-FORM", "deploy.mount_name", "ninechars", "a value such as fsx"),
    case("P2", r#"{"deploy":{"log_destination":"logs"}}"#, "FSX-DEPLOY-FORM", "deploy.log_destination", "logs", "a value such as arn:aws:logs:us-east-1:123456789012:log-group:/aws/fsx/lustre"),
    case("P2", r#"{"deploy":{"dns_name":"fs-1 $(x)"}}"#, "FSX-DEPLOY-FORM", "deploy.dns_name", "fs-1 $(x)", "a value such as fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com"),
    case("P2", r#"{"backup":{"automatic_retention_days":7,"daily_automatic_start_time":"24:00"}}"#, "FSX-DEPLOY-FORM", "backup.daily_automatic_start_time", "24:00", "a value such as 05:00"),
    case("P2", r#"{"deploy":{"tags":{"":"x"}}}"#, "FSX-DEPLOY-LIST", "deploy.tags", "", "another key or value"),
    case("S2", r#"{"deploy":{"kms_key_id":"alias/own"}}"#, "FSX-DEPLOY-KMS", "deploy.kms_key_id", "alias/own", "remove it"),
];
