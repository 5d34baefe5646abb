//! What a file system is needed for, as a person writes it.

use std::collections::BTreeMap;

use super::inputs;
use crate::catalog::terms::{DeploymentType, StorageType, words};
use crate::job;
use crate::scenario::{
    AssumptionRange, AssumptionValue, Backup, ClientGroups, Deploy, FileSystem, Job, Pricing, Scenario, TierShares,
    Workload,
};
use crate::shape::{Whole, record};

words! {
    /// What the best file system is.
    Objective {
        /// The cheapest that meets the targets.
        Cheapest = "cheapest",
        /// The fastest within `max_usd_per_month`.
        Fastest = "fastest",
        /// The one with the least cost of storage and idle clients together.
        LeastTotal = "least_total",
    }
}

words! {
    /// Whether the file system has EFA.
    EfaChoice {
        /// With or without, whatever is best.
        Either = "either",
        /// With.
        Yes = "yes",
        /// Without.
        No = "no",
    }
}

words! {
    /// Whether a PERSISTENT_2 file system has a metadata configuration.
    MetadataChoice {
        /// It has: one can never be added later.
        Required = "required",
        /// With or without.
        Either = "either",
    }
}

record! {
    /// What a file system has to do, and what it may be: a scenario without a file system, with targets.
    Requirement {
        /// AWS Region or Local Zone.
        region: Option<String> = "us-east-1".to_owned(),
        /// What the best file system is.
        objective: Option<Objective> = Objective::Cheapest,
        /// For `least_total`: hours that a job computes if nothing ever waits, of which all the cost is counted; absent: a
        /// month in which clients wait.
        compute_hours: Option<f64>,
        /// How much it has to hold.
        capacity: Option<Capacity>,
        /// What it may be.
        constraints: Option<Constraints>,
        /// How sure the targets have to be met; absent: judged at mid values.
        uncertainty: Option<Uncertainty>,
        /// What one has.
        current_file_system: Option<FileSystem>,
        /// Backups; absent means none.
        backup: Option<Backup>,
        /// Names an export needs.
        deploy: Option<Deploy>,
        /// One client group, or several with names.
        #[cfg_attr(feature = "schema", schemars(default))]
        clients: ClientGroups,
        /// Loads on the file system, with their targets.
        #[cfg_attr(feature = "schema", schemars(default))]
        workloads: Vec<Workload>,
        /// Jobs, each of which becomes workloads.
        #[cfg_attr(feature = "schema", schemars(default))]
        jobs: Vec<Job>,
        /// How to price a design.
        pricing: Option<Pricing>,
        /// Assumptions to override, by id.
        #[cfg_attr(feature = "schema", schemars(default))]
        assumptions: BTreeMap<String, AssumptionValue>,
    } plain = inputs::taken_out
}

record! {
    /// How much a file system has to hold.
    Capacity {
        /// Data, GiB; what the workloads' files hold counts where that is more.
        data_gib: Option<f64>,
        /// Share of the usable capacity to keep free.
        headroom: Option<f64> = 0.0,
        /// Growth of the data, GiB a month.
        growth_gib_per_month: Option<f64> = 0.0,
        /// Months the file system has to last.
        horizon_months: Option<f64> = 0.0,
        /// Size before over size after LZ4 of `data_gib`; a file of a workload has the workload's.
        compression_ratio: Option<f64> = 1.0,
        /// INTELLIGENT_TIERING: shares of the access tiers, for the price.
        tier_shares: Option<TierShares>,
        /// INTELLIGENT_TIERING, without `tier_shares`: data that is read every month, the same each time, GiB; what is
        /// not read ages into the lower tiers.
        read_again_gib_per_month: Option<f64>,
        /// INTELLIGENT_TIERING: read requests a month, for the price.
        read_requests_per_month: Option<f64>,
        /// INTELLIGENT_TIERING: write requests a month, for the price.
        write_requests_per_month: Option<f64>,
    }
}

record! {
    /// What a file system may be.
    Constraints {
        /// Deployment types; by default the persistent ones.
        #[cfg_attr(feature = "schema", schemars(default))]
        deployment_types: Vec<DeploymentType>,
        /// Storage classes; by default all.
        #[cfg_attr(feature = "schema", schemars(default))]
        storage_types: Vec<StorageType>,
        /// Whether it has EFA.
        efa: Option<EfaChoice> = EfaChoice::Either,
        /// Whether PERSISTENT_2 has a metadata configuration.
        metadata_configuration: Option<MetadataChoice> = MetadataChoice::Required,
        /// Throughput tiers, MB/s per TiB; by default all.
        #[cfg_attr(feature = "schema", schemars(default))]
        per_unit_storage_throughput: Vec<Whole>,
        /// Most storage capacity, GiB, such as the account's quota.
        max_storage_capacity_gib: Option<Whole>,
        /// Most throughput capacity, MB/s (INTELLIGENT_TIERING), such as the account's quota.
        max_throughput_capacity_mb_per_s: Option<Whole>,
        /// Most Metadata IOPS to provision.
        max_metadata_iops: Option<Whole>,
        /// Most it may cost, USD a month.
        max_usd_per_month: Option<f64>,
        /// Whether it must be possible to link it to S3.
        s3_link: Option<bool> = false,
        /// Whether it must have backups.
        backups: Option<bool> = false,
        /// Whether traffic must be encrypted.
        in_transit_encryption: Option<bool> = false,
        /// Lustre version.
        file_system_type_version: Option<String>,
    }
}

record! {
    /// How sure the targets have to be met.
    Uncertainty {
        /// Share of the draws in which they are met.
        confidence: Option<f64> = 0.9,
        /// Draws.
        samples: Option<Whole> = Whole(128),
        /// Seed of the draws.
        seed: Option<Whole> = Whole(1),
        /// Inputs that are not known, by path: filled where a number of the requirement is given as low, mid and high.
        #[cfg_attr(feature = "schema", schemars(default))]
        inputs: BTreeMap<String, AssumptionRange>,
    }
}

impl Requirement {
    /// The scenario of this requirement on a file system, as it is written.
    #[must_use]
    pub fn written_on(&self, file_system: FileSystem) -> Scenario {
        let mut scenario = Scenario {
            region: self.region.clone(),
            file_system,
            backup: self.backup.clone(),
            deploy: self.deploy.clone(),
            clients: self.clients.clone(),
            workloads: self.workloads.clone(),
            jobs: self.jobs.clone(),
            pricing: self.pricing.clone(),
            cloudwatch: Vec::new(),
            assumptions: self.assumptions.clone(),
        };
        if self.constraints.as_ref().is_some_and(Constraints::in_transit_encryption) {
            scenario.clients = scenario.clients.encrypted();
        }
        scenario
    }

    /// This with the workloads of its jobs, restores behind the others, and no jobs: what the targets of a plan speak of.
    #[must_use]
    pub fn expanded(&self) -> Self {
        let written = self.written_on(FileSystem::of(DeploymentType::Persistent2));
        let mut workloads = job::expanded(&written).into_owned().workloads;
        workloads.extend(job::apart(&written).into_iter().map(|it| it.workload));
        Self { workloads, jobs: Vec::new(), ..self.clone() }
    }

    /// The scenario of this requirement on a file system, with the workloads of its jobs.
    ///
    /// Every workload with a target rate offers just that; the targets stay with the workloads.
    #[must_use]
    pub fn on(&self, file_system: FileSystem) -> Scenario {
        let mut scenario = job::expanded(&self.written_on(file_system)).into_owned();
        scenario.workloads.iter_mut().for_each(Workload::offer_target);
        scenario
    }
}
