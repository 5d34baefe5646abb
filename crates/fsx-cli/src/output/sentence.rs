//! Limits in words that need no knowledge of Lustre.

use fsx_model::estimate::{Estimate, Load, Range, WorkloadEstimate};
use fsx_model::model::LimitId;
use fsx_model::scenario::{Clients, DataCompressionType, DataIn, Operation, Scenario, Workload};

use super::format::{Rate, count, durations, plural, size_kib};
use super::page::{GLUE, Text};

/// Name of a limit for a table.
pub(crate) const fn label(id: LimitId) -> &'static str {
    match id {
        LimitId::ClientNetwork => "clients' network",
        LimitId::ClientToServerPath => "client-server paths",
        LimitId::ServerNetwork => "servers' network",
        LimitId::DiskThroughput => "disks",
        LimitId::DiskIops => "disk operations",
        LimitId::StripeWidth => "disks files lie on",
        LimitId::Concurrency => "requests in flight",
        LimitId::RateLimit => "load offered",
    }
}

/// Name of a limit within a sentence.
const fn part(id: LimitId) -> &'static str {
    match id {
        LimitId::ClientNetwork => "the clients' network",
        LimitId::ClientToServerPath => "the paths between clients and servers",
        LimitId::ServerNetwork => "the file servers' network",
        LimitId::DiskThroughput => "the disks",
        LimitId::DiskIops => "the disks' operations",
        LimitId::StripeWidth => "the disks the files lie on",
        LimitId::Concurrency => "the requests in flight",
        LimitId::RateLimit => "the load offered",
    }
}

/// What the sentences speak about.
pub(crate) struct Story<'a> {
    pub scenario: &'a Scenario,
    pub estimate: &'a Estimate,
    pub workload: &'a Workload,
    pub clients: Option<&'a Clients>,
    pub answer: &'a WorkloadEstimate,
    pub rate: Rate,
}

impl Story<'_> {
    /// What stops the workload, what would stop it next, and what changes while it bursts.
    pub(crate) fn tell(&self) -> Text {
        let sustained = &self.answer.sustained;
        let text = self.regime(sustained.bottleneck, &sustained.throughput_mb_per_s, false);
        let Some(burst) = &self.answer.burst else { return text };
        let text = match &burst.lasts_s {
            Some(lasts) => text.plain(&format!(" While burst credits last ({}): ", durations(lasts))),
            None => text.plain(" At this load the burst credits never run out, so what holds is: "),
        };
        let regime = &burst.regime;
        let stops = self.told(regime.bottleneck, true);
        if stops == self.told(sustained.bottleneck, false) {
            let value = self.rate.full(regime.throughput_mb_per_s.mid);
            let again = if burst.lasts_s.is_some() { " again" } else { "" };
            return text.plain(&format!("{value}, limited by {}{again}.", part(stops)));
        }
        text.and(self.regime(regime.bottleneck, &regime.throughput_mb_per_s, true))
    }

    fn regime(&self, id: LimitId, throughput: &Range, bursting: bool) -> Text {
        let narrowest = id;
        let id = self.told(id, bursting);
        let Some(value) = self.load(id, bursting).map(|load| load.value) else { return Text::new() };
        let (lead, rest) = self.why(id, value, bursting);
        let mut text = Text::new().bold(lead).plain(&rest);
        if throughput.mid < value * NEARLY_ALL {
            text =
                text.plain(&format!(" Waiting for the other parts leaves {} of it.", self.rate.full(throughput.mid)));
        }
        if let Some((next, load)) = self.next(&[narrowest, id], bursting) {
            text = text.plain(&format!(" Next in line: {}, at {}.", part(next), self.rate.full(load.value)));
        }
        text
    }

    /// The limit to speak about: files that lie on nearly all disks are no reason to speak of too few.
    fn told(&self, id: LimitId, bursting: bool) -> LimitId {
        let value = |id| self.load(id, bursting).map(|load| load.value);
        match (id, self.next(&[id], bursting)) {
            (LimitId::StripeWidth, Some((next, load))) if value(id) > Some(load.value * NEARLY_ALL) => next,
            _ => id,
        }
    }

    /// The statement, and the numbers behind it.
    fn why(&self, id: LimitId, value: f64, bursting: bool) -> (&'static str, String) {
        let figures = &self.estimate.file_system;
        let value = self.rate.full(value);
        let clients = plural(self.client_count(), "client");
        let one = self.client_count() <= 1.0;
        match id {
            LimitId::ClientNetwork => {
                let (interface, carry) = (self.interface(), if one { "carries" } else { "carry" });
                ("The clients' network is the limit:", format!(" {clients}{interface} {carry} {value}."))
            }
            LimitId::ClientToServerPath => {
                let servers = plural(figures.oss_count, "file server");
                let rest = format!(
                    " one of each can exchange only so much, which for {clients} and {servers} comes to {value}."
                );
                ("The way between each client and each server is the limit:", rest)
            }
            LimitId::ServerNetwork => {
                let (servers, send) =
                    (plural(figures.oss_count, "server"), if figures.oss_count == 1 { "moves" } else { "move" });
                ("The file servers' network is the limit:", format!(" {servers} {send} {value} in all."))
            }
            LimitId::DiskThroughput => {
                let (bought, counting) = (self.bought(), self.counting());
                let published = self.rate.full(self.published_disk(bursting));
                let rest = if counting.is_empty() {
                    format!(" {bought} are {published} by AWS's figures and {value} as measured.")
                } else {
                    format!(" {bought} are {published} by AWS's figures; as measured, and {counting}, {value}.")
                };
                ("The disks are the limit:", rest)
            }
            LimitId::DiskIops => {
                let (targets, io) = (plural(figures.ost_count, "OST"), size_kib(self.workload.io_size_kib()));
                let rest = format!(
                    " with I/O of {io}, {targets} reach {value}; the requests are too small or too scattered for more."
                );
                ("The disks run out of operations per second:", rest)
            }
            LimitId::StripeWidth => {
                let targets = plural(figures.ost_count, "OST");
                ("The files lie on too few disks:", format!(" those in use, out of {targets}, give {value}."))
            }
            LimitId::Concurrency => {
                let processes = self.client_count() * self.workload.processes_per_client().get();
                let who = if processes <= 1.0 { "the one".to_owned() } else { format!("each of {}", count(processes)) };
                let which = if processes <= 1.0 { "process" } else { "processes" };
                let rest = format!(
                    " {who} {which} waits for its answers before it goes on, so no more than {value} comes through."
                );
                ("Too little is asked for at once:", rest)
            }
            LimitId::RateLimit => ("The workload asks for no more:", format!(" it offers {value}.")),
        }
    }

    /// Published disk rate in the workload's direction, MB/s.
    fn published_disk(&self, bursting: bool) -> f64 {
        let figures = &self.estimate.file_system;
        match (self.workload.operation(), bursting) {
            (Operation::Write, false) => figures.disk_write_baseline_mb_per_s,
            (Operation::Write, true) => figures.disk_write_burst_mb_per_s,
            (_, false) => figures.disk_read_baseline_mb_per_s,
            (_, true) => figures.disk_read_burst_mb_per_s,
        }
    }

    /// `48,000 GiB at 250 MB/s per TiB`.
    fn bought(&self) -> String {
        let file_system = &self.scenario.file_system;
        let capacity =
            file_system.storage_capacity_gib.map_or_else(String::new, |gib| format!("{}{GLUE}GiB", count(gib.get())));
        match file_system.per_unit_storage_throughput {
            Some(tier) => format!("{capacity} at {}{GLUE}MB/s per TiB", count(tier.get())),
            None => format!("{capacity} of {} {}", file_system.deployment_type, file_system.storage_type()),
        }
    }

    fn counting(&self) -> &'static str {
        let compressed = self.scenario.file_system.data_compression_type() != DataCompressionType::None;
        let cached = self.workload.data_in() != DataIn::Disk;
        match (cached, compressed) {
            (true, true) => "with LZ4 and hits in the servers' memory",
            (true, false) => "with hits in the servers' memory",
            (false, true) => "with LZ4",
            (false, false) => "",
        }
    }

    fn interface(&self) -> String {
        self.clients.map_or_else(String::new, |clients| format!(" over {}", clients.interface()))
    }

    fn client_count(&self) -> f64 {
        self.clients.map_or(1.0, |clients| clients.count().get())
    }

    fn load(&self, id: LimitId, bursting: bool) -> Option<Load> {
        let limit = self.answer.limits.iter().find(|limit| limit.id == id)?;
        if bursting { limit.burst } else { Some(limit.sustained) }
    }

    /// The smallest of the other limits.
    fn next(&self, told: &[LimitId], bursting: bool) -> Option<(LimitId, Load)> {
        let others = self.answer.limits.iter().filter(|limit| !told.contains(&limit.id));
        let loads = others.filter_map(|limit| Some((limit.id, self.load(limit.id, bursting)?)));
        loads.reduce(|least, limit| if limit.1.value < least.1.value { limit } else { least })
    }
}

/// Below this share of the bottleneck, waiting is worth a sentence.
const NEARLY_ALL: f64 = 0.97;
