//! Strategies that draw requirements over small grids, with targets near what the grid can reach.

use fsx_model::plan::Requirement;
use fsx_model::scenario;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::plan_grid::candidates;
use crate::plan_oracle::reached;

/// A requirement before its targets and its budget are placed.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
    grid: Grid,
    groups: Vec<Value>,
    loads: Vec<Value>,
    aims: Vec<Aim>,
    capacity: Capacity,
    pricing: Value,
    backup: Option<Value>,
    objective: &'static str,
    /// Place of the candidate that the targets are taken from, a share of all.
    reference: f64,
    /// Place of the candidate whose cost is the budget, and how many times that.
    budget: Option<(f64, f64)>,
}

/// What the file system may be.
#[derive(Clone, Debug)]
struct Grid {
    constraints: Value,
    efa_clients: bool,
    tiering: bool,
    /// Most it can hold, GiB.
    most: f64,
}

/// The figures of a workload's target, as factors of what the reference reaches.
#[derive(Clone, Debug)]
struct Aim {
    rate: Option<(bool, f64)>,
    latency: Option<f64>,
    seconds: Option<f64>,
    burst: bool,
}

#[derive(Clone, Debug)]
struct Capacity {
    /// Data, a share of the most that the grid holds.
    data: Option<f64>,
    headroom: Option<f64>,
    growth: Option<f64>,
    ratio: Option<f64>,
}

fn merged(mut base: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("not a table: {more}") };
    for (field, value) in more.into_iter().filter(|(_, value)| !value.is_null()) {
        base[field] = value;
    }
    base
}

fn grids() -> impl Strategy<Value = Grid> {
    let grid = |most: f64, constraints: Value| Grid { constraints, efa_clients: false, tiering: false, most };
    let efa = || select(vec!["either", "no", "yes"]);
    let metadata = || {
        (
            select(vec![None, Some("required"), Some("either")]),
            select(vec![Some(3000), Some(1000), Some(6000), Some(12_000), Some(24_000)]),
        )
            .prop_map(|(choice, most)| json!({ "metadata_configuration": choice, "max_metadata_iops": most }))
    };
    let tiers = |all: Vec<u32>| prop::sample::subsequence(all.clone(), 1..=all.len());
    let persistent_2 = (tiers(vec![125, 250, 500, 1000]), efa(), metadata(), 1..10_u32).prop_map(
        move |(tiers, efa, metadata, steps)| {
            let least: u32 = match (efa, tiers.last()) {
                ("yes", Some(tier)) => 4_800_000 / tier,
                _ => 2400,
            };
            let most = (steps * 2400).max(least);
            let constraints = json!({ "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"], "efa": efa,
                "per_unit_storage_throughput": tiers, "max_storage_capacity_gib": most });
            grid(most.into(), merged(constraints, metadata))
        },
    );
    let large = (select(vec![125, 250, 500, 1000]), any::<bool>(), 2..6_u32, select(vec![0, 48_000])).prop_map(
        move |(tier, efa, steps, iops)| {
            let step = if efa { 4_800_000 / tier } else { 2400 };
            let most = steps * step;
            grid(
                most.into(),
                json!({ "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"],
                "efa": if efa { "yes" } else { "no" }, "per_unit_storage_throughput": [tier],
                "max_storage_capacity_gib": most, "max_metadata_iops": iops }),
            )
        },
    );
    let efa_clients = (tiers(vec![500, 1000]), 1..6_u32, metadata()).prop_map(move |(tiers, steps, metadata)| {
        let most = steps * 9600;
        let constraints = json!({ "deployment_types": ["PERSISTENT_2"], "storage_types": ["SSD"],
            "per_unit_storage_throughput": tiers, "max_storage_capacity_gib": most });
        Grid { efa_clients: true, ..grid(most.into(), merged(constraints, metadata)) }
    });
    let persistent_1 = (tiers(vec![50, 100, 200]), 1..16_u32).prop_map(move |(tiers, steps)| {
        let most = steps * 2400;
        grid(
            most.into(),
            json!({ "deployment_types": ["PERSISTENT_1"], "storage_types": ["SSD"],
            "per_unit_storage_throughput": tiers, "max_storage_capacity_gib": most }),
        )
    });
    let hdd = (tiers(vec![12, 40]), 1..12_u32).prop_map(move |(tiers, steps)| {
        let most = steps * 6000;
        grid(
            most.into(),
            json!({ "storage_types": ["HDD"], "per_unit_storage_throughput": tiers, "max_storage_capacity_gib": most }),
        )
    });
    let scratch = (select(vec![vec!["SCRATCH_2"], vec!["SCRATCH_1"], vec!["SCRATCH_1", "SCRATCH_2"]]), 1..16_u32)
        .prop_map(move |(types, steps)| {
            let most = steps * 2400;
            grid(most.into(), json!({ "deployment_types": types, "max_storage_capacity_gib": most }))
        });
    let tiering = (1..4_u32, efa(), metadata()).prop_map(move |(steps, efa, metadata)| {
        let constraints = json!({ "storage_types": ["INTELLIGENT_TIERING"], "efa": efa,
            "max_throughput_capacity_mb_per_s": steps * 4000 });
        Grid { tiering: true, ..grid(f64::from(steps) * 524_288.0, merged(constraints, metadata)) }
    });
    let all = (1..5_u32, any::<bool>(), select(vec![1000, 6000])).prop_map(move |(steps, scratch, iops)| {
        let types = if scratch { json!(["SCRATCH_2", "PERSISTENT_1", "PERSISTENT_2"]) } else { Value::Null };
        let constraints = json!({ "max_storage_capacity_gib": steps * 2400,
            "max_throughput_capacity_mb_per_s": 4000, "max_metadata_iops": iops });
        Grid {
            tiering: true,
            ..grid(f64::from(steps) * 2400.0, merged(constraints, json!({"deployment_types": types})))
        }
    });
    prop_oneof![
        5 => persistent_2, 1 => large, 2 => efa_clients, 2 => persistent_1, 2 => hdd, 2 => scratch, 1 => tiering,
        1 => all,
    ]
}

/// One or two client groups, all of instances with a price.
fn groups(efa: bool) -> impl Strategy<Value = Vec<Value>> {
    let priced = if efa {
        vec!["p5.48xlarge"]
    } else {
        vec!["c5n.18xlarge", "c6in.16xlarge", "p5.48xlarge", "hpc7g.16xlarge", "m6i.32xlarge"]
    };
    let group = move || {
        (select(vec![1_u32, 2, 4, 8, 16, 32]), select(priced.clone()), prop::bool::weighted(0.1)).prop_map(
            move |(count, instance_type, far)| {
                let interface = if efa { "EFA" } else { "ENA" };
                json!({ "count": count, "instance_type": instance_type, "interface": interface,
                    "same_availability_zone": efa || !far })
            },
        )
    };
    let two = (group(), group())
        .prop_map(|(a, b)| vec![merged(a, json!({ "name": "a" })), merged(b, json!({ "name": "b" }))]);
    prop_oneof![4 => group().prop_map(|group| vec![group]), 1 => two]
}

fn loads() -> impl Strategy<Value = Value> {
    let processes = || select(vec![1_u32, 2, 4, 8, 16, 64]);
    let way = || select(vec!["read", "write"]);
    let stream = (way(), processes(), select(vec![16, 100, 1024, 8192]), prop::option::of(1..200_u32)).prop_map(
        |(operation, processes, size, count)| {
            json!({ "operation": operation, "processes_per_client": processes, "file_size_mib": size,
                "file_count": count })
        },
    );
    let direct = (way(), processes(), select(vec![4, 64, 1024]), select(vec![1, 4, 32]), any::<bool>()).prop_map(
        |(operation, processes, size, depth, random)| {
            json!({ "operation": operation, "processes_per_client": processes, "io_size_kib": size,
                "direct_io": true, "queue_depth": depth, "access": if random { "random" } else { "sequential" } })
        },
    );
    let small = (way(), processes(), select(vec![0.03, 0.25, 1.0, 4.0]), 1000..200_000_u32).prop_map(
        |(operation, processes, size, count)| {
            json!({ "operation": operation, "processes_per_client": processes, "file_size_mib": size,
                "file_count": count })
        },
    );
    let shared = (way(), processes(), select(vec![64, 1024, 16_384])).prop_map(|(operation, processes, io)| {
        json!({ "operation": operation, "processes_per_client": processes, "shared_file": true,
            "file_size_mib": 65_536, "io_size_kib": io })
    });
    let cached = (
        processes(),
        select(vec!["auto", "server_cache"]),
        1..5_u32,
        10..4000_u32,
        select(vec!["shuffled", "cyclic", "independent"]),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(processes, data_in, passes, count, order, client_cache)| {
            json!({ "operation": "read", "processes_per_client": processes, "data_in": data_in, "passes": passes,
                "file_size_mib": 256, "file_count": count, "order": order, "client_cache": client_cache })
        });
    let operation = select(vec!["create", "stat", "open", "delete", "mkdir", "rename", "readdir"]);
    let items = (operation, processes(), 1000..2_000_000_u32, select(vec![1, 16, 1000])).prop_map(
        |(operation, processes, count, directories)| {
            json!({ "operation": operation, "processes_per_client": processes, "file_count": count,
                "directories": directories })
        },
    );
    let mix = (processes(), 1..4_u32).prop_map(|(processes, stats)| {
        json!({ "operations": { "create": 1, "stat": stats }, "processes_per_client": processes,
            "file_count": 100_000, "directories": 16 })
    });
    let data = prop_oneof![3 => stream, 2 => direct, 2 => small, 1 => shared, 2 => cached];
    let data = (data, select(vec![None, None, Some(1.5), Some(3.0)]))
        .prop_map(|(load, ratio)| merged(load, json!({ "compression_ratio": ratio })));
    prop_oneof![5 => data, 1 => items, 1 => mix]
}

fn factors() -> impl Strategy<Value = f64> {
    prop_oneof![select(vec![1.0, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0]), 0.3..1.6_f64]
}

fn aims() -> impl Strategy<Value = Aim> {
    (
        prop::option::weighted(0.85, (any::<bool>(), factors())),
        prop::option::weighted(0.2, factors()),
        prop::option::weighted(0.2, factors()),
        prop::bool::weighted(0.25),
    )
        .prop_map(|(rate, latency, seconds, burst)| Aim { rate, latency, seconds, burst })
}

fn capacities() -> impl Strategy<Value = Capacity> {
    (
        prop::option::weighted(0.7, prop_oneof![2 => 0.0..0.6_f64, 1 => 0.6..1.02_f64]),
        prop::option::weighted(0.3, 0.0..0.5_f64),
        prop::option::weighted(0.2, 0.0..0.3_f64),
        prop::option::weighted(0.25, 1.0..3.0_f64),
    )
        .prop_map(|(data, headroom, growth, ratio)| Capacity { data, headroom, growth, ratio })
}

fn pricing(tiering: bool) -> impl Strategy<Value = Value> {
    let tiering_prices = |scale: f64| {
        let items = [
            ("metadata_iops", 0.002),
            ("storage_frequent", 0.023),
            ("storage_infrequent", 0.0125),
            ("storage_archive", 0.004),
            ("ssd_read_cache", 0.1),
            ("read_requests", 0.0004),
            ("write_requests", 0.005),
            ("throughput", 0.52),
        ];
        items.map(|(item, usd)| json!({ "item": format!("intelligent_tiering.{item}"), "usd": usd * scale })).to_vec()
    };
    let tiering_prices =
        prop::option::weighted(0.85, select(vec![1.0, 0.01, 0.2])).prop_map(move |scale| match scale {
            Some(scale) if tiering => tiering_prices(scale),
            _ => Vec::new(),
        });
    let same = [125, 250, 500, 1000].map(|tier| json!({ "item": format!("persistent_2.ssd_{tier}"), "usd": 0.2 }));
    (
        tiering_prices,
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.2, 0.05..1.0_f64),
        prop::option::weighted(0.3, 0.5..40.0_f64),
        select(vec![None, Some(1000.0)]),
    )
        .prop_map(move |(mut prices, equal, clients, duty_cycle, creations, crossing)| {
            if equal {
                prices.extend(same.clone());
                prices.push(json!({ "item": "persistent_2.metadata_iops_above_default", "usd": 0.0 }));
            }
            let mut pricing = json!({ "include_clients": clients, "prices": prices });
            for (field, value) in
                [("duty_cycle", duty_cycle), ("creations_per_month", creations), ("cross_az_gb_per_month", crossing)]
            {
                if let Some(value) = value {
                    pricing[field] = json!(value);
                }
            }
            pricing
        })
}

/// Requirements over small grids.
pub(crate) fn draws() -> impl Strategy<Value = Draw> {
    let loads = || {
        (prop::collection::vec((loads(), aims()), 1..=2), any::<u8>()).prop_map(|(loads, place)| {
            let (loads, aims): (Vec<_>, Vec<_>) = loads.into_iter().unzip();
            (loads, aims, place)
        })
    };
    grids().prop_flat_map(move |grid| {
        let backup = (0..20_u32, prop::option::of(0.0..500.0_f64)).prop_map(|(days, change)| {
            merged(json!({ "automatic_retention_days": days }), json!({ "daily_change_gib": change }))
        });
        (
            groups(grid.efa_clients),
            loads(),
            capacities(),
            pricing(grid.tiering),
            prop::option::weighted(0.1, backup),
            select(vec!["cheapest", "cheapest", "cheapest", "fastest", "least_total"]),
            0.0..1.0_f64,
            (prop::option::weighted(0.25, (0.0..1.0_f64, 0.8..1.5_f64)), (0.0..1.0_f64, 0.8..1.5_f64)),
        )
            .prop_map(move |(groups, loads, capacity, pricing, backup, objective, reference, budget)| {
                let (mut loads, mut aims, place) = loads;
                if groups.len() == 2 {
                    for (i, load) in loads.iter_mut().enumerate() {
                        let group = [Some("a"), Some("b"), None][(usize::from(place) + i) % 3];
                        *load = merged(load.clone(), json!({ "clients": group }));
                    }
                }
                // least_total and fastest among several need a rate or a time
                let aimless = aims.iter().all(|aim| aim.rate.is_none() && aim.seconds.is_none());
                if aimless && (objective == "least_total" || objective == "fastest" && loads.len() > 1) {
                    aims[0].rate = Some((false, 1.0));
                }
                let budget = if objective == "fastest" { Some(budget.1) } else { budget.0 };
                Draw {
                    grid: grid.clone(),
                    groups,
                    loads,
                    aims,
                    capacity,
                    pricing,
                    backup,
                    objective,
                    reference,
                    budget,
                }
            })
    })
}

/// Takes out the fields without a value.
fn drop_absent(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(drop_absent);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_absent),
        _ => {}
    }
}

fn read(requirement: &Value) -> Requirement {
    scenario::from_json(&requirement.to_string()).unwrap_or_else(|error| panic!("{error}: {requirement}"))
}

impl Draw {
    /// The requirement: targets and budget are multiples of what candidates reach and cost.
    pub(crate) fn requirement(&self) -> Value {
        let mut requirement = json!({
            "objective": self.objective, "constraints": self.grid.constraints, "workloads": self.loads,
            "clients": if let [group] = self.groups.as_slice() { group.clone() } else { json!(self.groups) },
            "pricing": self.pricing, "capacity": self.capacity(),
        });
        drop_absent(&mut requirement);
        if let Some(backup) = &self.backup
            && self.grid.constraints["deployment_types"].as_array().is_none_or(|types| {
                types.iter().all(|deployment| deployment.as_str().is_some_and(|name| name.starts_with("PERSISTENT")))
            })
        {
            requirement["backup"] = backup.clone();
        }
        let free = read(&requirement);
        let (all, _) = candidates(&free);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let at = |share: f64| all.get((share * all.len() as f64) as usize);
        let Some(reference) = at(self.reference) else {
            requirement["constraints"]["max_usd_per_month"] = json!(1000.0);
            requirement["workloads"][0]["target"] = json!({ "seconds": 100.0 });
            return requirement;
        };
        for (i, aim) in self.aims.iter().enumerate() {
            let scenario = free.on(reference.file_system.clone());
            let (_, whole) = &reached(&scenario, aim.burst)[i];
            let mut target = json!({});
            if let Some((operations, factor)) = aim.rate {
                if operations || whole.throughput <= 0.0 {
                    target["operations_per_s"] = json!((whole.operations * factor).max(1e-3));
                } else {
                    target["throughput_mb_per_s"] = json!((whole.throughput * factor).max(1e-3));
                }
            }
            if let Some(factor) = aim.latency {
                target["latency_ms"] = json!(whole.latency_ms * factor);
            }
            if let Some(factor) = aim.seconds {
                let estimate = fsx_model::estimate::numbers(&scenario).unwrap();
                target["seconds"] = json!(estimate.workloads[i].seconds.mid * factor);
            }
            if target != json!({}) {
                if aim.burst {
                    target["regime"] = json!("burst");
                }
                requirement["workloads"][i]["target"] = target;
            }
        }
        if let Some((place, factor)) = self.budget
            && let Some(other) = at(place)
        {
            requirement["constraints"]["max_usd_per_month"] = json!((other.usd.to_f64() * factor).ceil());
        }
        requirement
    }

    fn capacity(&self) -> Value {
        let Capacity { data, headroom, growth, ratio } = &self.capacity;
        let mut capacity = json!({});
        let room = self.grid.most * 0.94 * (1.0 - headroom.unwrap_or(0.0));
        if let Some(share) = data {
            capacity["data_gib"] = json!((room * share).round());
        }
        if let Some(headroom) = headroom {
            capacity["headroom"] = json!(headroom);
        }
        if let Some(growth) = growth {
            capacity["growth_gib_per_month"] = json!(room * growth / 12.0);
            capacity["horizon_months"] = json!(12);
        }
        if let Some(ratio) = ratio {
            capacity["compression_ratio"] = json!(ratio);
        }
        if self.grid.tiering {
            capacity["tier_shares"] = json!({ "frequent": 0.5, "infrequent": 0.25, "archive": 0.25 });
            capacity["read_requests_per_month"] = json!(1e7);
            capacity["write_requests_per_month"] = json!(1e6);
        }
        capacity
    }
}
