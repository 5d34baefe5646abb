//! A POSIX shell script for the clients: mounting, and what only `lfs`, `lctl` and `lnetctl` can set.
//!
//! Of a scenario it speaks of the names of the file system (`region`, `deploy.file_system_id`, `dns_name`,
//! `mount_name`), of `layout`, of the links to S3 where something is loaded from them, and of the clients' instances and
//! interfaces. Everything else is set where the file system is made, and is no client's business.

use super::shell::{by_case, comment, quoted};
use super::{Artefact, Design, cannot};
use crate::catalog::terms::{DeploymentType, Interface};
use crate::catalog::{DefaultLayoutComponent, LAYOUTS, figures, instance, source};
use crate::estimate::estimate;
use crate::finding::{Error, Finding, Severity};
use crate::job::expanded;
use crate::scenario::{Clients, DataIn, Layout, LayoutKind, Operation, Workload};
use crate::tuning::{self, Stage};

/// The script that AWS gives for EFA, and the folder it unpacks to.
const EFA_SETUP: &str = "configure-efa-fsx-lustre-client";
/// Where AWS keeps it.
const SAMPLES: &str = "https://docs.aws.amazon.com/fsx/latest/LustreGuide/samples";
/// The mount name of every file system of the oldest type.
const SCRATCH_1_MOUNT_NAME: &str = "fsx";

pub(super) fn write(design: &Design<'_>) -> Result<Artefact, Error> {
    let names = names(design)?;
    let clients = design.scenario.clients.as_slice();
    let groups = if clients.is_empty() { std::slice::from_ref(const { &Clients::DEFAULT }) } else { clients };
    let for_each = |lines: fn(&Clients) -> String| {
        let named = |(i, group): (usize, &Clients)| {
            (group.name.clone().unwrap_or_else(|| format!("group-{}", i + 1)), lines(group))
        };
        groups.iter().enumerate().map(named).collect::<Vec<_>>()
    };
    let by_group = |lines| by_case("group", &for_each(lines));
    let parts = [
        names,
        ports(groups),
        "# The Lustre client comes with the image.\nlfs --version\nsudo modprobe lustre\n".to_owned(),
        by_group(efa),
        by_group(|group| tuned(group, Stage::Module)),
        mount(),
        by_group(at_boot),
        by_group(|group| tuned(group, Stage::Parameter)),
        by_group(proof_of_efa),
        layout(design),
        preload(design),
        quotas(),
        space(),
    ];
    let asks = parts.iter().any(|part| part.contains("case \"$group\""));
    let head = head(design, &for_each(|_| String::new()), asks);
    let text = std::iter::once(head).chain(parts).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    Ok(Artefact { text, findings: remarks(design, groups) })
}

/// The address of a source.
fn url(id: &str) -> &'static str {
    source(id).map_or("", |source| source.url)
}

fn head(design: &Design<'_>, groups: &[(String, String)], asks: bool) -> String {
    let mut text = "#!/bin/sh\n".to_owned();
    text += &comment(&format!("Client of {}, in {}.", design.title(), design.scenario.region()));
    if !asks {
        return text + "set -eu\n";
    }
    let names = groups.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    let patterns = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(" | ");
    let usage = quoted(&format!("the first argument is the client group: {}", names.join(", ")));
    text + &format!(
        "set -eu\n\ngroup=${{1:-}}\ncase \"$group\" in\n{patterns}) ;;\n*)\n  printf '%s\\n' {usage} >&2\n  exit 2\n  \
         ;;\nesac\n"
    )
}

/// What the file system is called, where it is known; asked for otherwise.
fn names(design: &Design<'_>) -> Result<String, Error> {
    let known = |field: &str, name: Option<String>| match name {
        Some(name) if name.contains(char::is_control) => {
            Err(cannot(field, &name, "a name with control characters is none that can be mounted", ""))
        }
        name => Ok(name.map(|name| quoted(&name))),
    };
    let dns = known("deploy.dns_name", design.dns_name())?;
    let mount = known("deploy.mount_name", mount_name(design))?;
    Ok(format!(
        "dns_name={}\nmount_name={}\nmount_point=${{FSX_MOUNT_POINT:-/fsx}}\n",
        dns.unwrap_or_else(|| "${FSX_DNS_NAME:?the DNS name of the file system}".to_owned()),
        mount.unwrap_or_else(|| "${FSX_MOUNT_NAME:?the mount name, as describe-file-systems tells it}".to_owned()),
    ))
}

fn mount_name(design: &Design<'_>) -> Option<String> {
    let given = design.scenario.deploy.as_ref().and_then(|deploy| deploy.mount_name.clone());
    let is_first = design.scenario.file_system.deployment_type == DeploymentType::Scratch1;
    given.or_else(|| is_first.then(|| SCRATCH_1_MOUNT_NAME.to_owned()))
}

fn is_over_efa(group: &Clients) -> bool {
    matches!(group.interface(), Interface::Efa | Interface::EfaGds)
}

fn ports(groups: &[Clients]) -> String {
    let [port, first, last] =
        [&figures::LUSTRE_PORT, &figures::LUSTRE_PORT_RANGE_FIRST, &figures::LUSTRE_PORT_RANGE_LAST].map(|it| it.value);
    let mut text = comment(&format!(
        "Ports: TCP {port} and {first}-{last}, in and out, between the security groups of clients and file system and \
         within each: {}",
        url("SG")
    ));
    if groups.iter().any(is_over_efa) {
        text += &comment(
            "EFA: all traffic, in and out, between the two groups and within that of the file system, by group id (CIDR \
             rules do not count); clients in the file system's Availability Zone and /16.",
        );
    }
    text
}

/// LNet over EFA, before anything is mounted.
fn efa(group: &Clients) -> String {
    if !is_over_efa(group) {
        return String::new();
    }
    let interfaces = group.instance_type.as_deref().and_then(instance).and_then(|row| row.fsx_default_efa_interfaces);
    let interfaces = interfaces.map_or_else(String::new, |count| {
        format!(" On this instance type it adds {count}, each of which is a connection to the file system.")
    });
    let option = if group.interface() == Interface::EfaGds { " --optimized-for-gds" } else { "" };
    let note = format!(
        "EFA: AWS's script loads the modules, adds the EFA interfaces to LNet and installs a service that does so at \
         every boot.{interfaces} {}",
        url("EFACLIENT")
    );
    comment(&note)
        + &format!(
            "if ! sudo lnetctl net show | grep -q 'net type: efa'; then\n  curl -fsSO {SAMPLES}/{EFA_SETUP}.zip\n  unzip \
             -oq {EFA_SETUP}.zip\n  (cd {EFA_SETUP} && sudo ./setup.sh{option})\nfi\nif ! sudo lnetctl net show | grep -q \
             'net type: efa'; then\n  echo 'LNet has no EFA interface, so everything would go over TCP' >&2\n  exit \
             1\nfi\n"
        )
}

/// What AWS recommends for an instance of this size.
fn tuned(group: &Clients, stage: Stage) -> String {
    let steps = group.instance_type.as_deref().and_then(instance).map(tuning::steps).unwrap_or_default();
    let lines: Vec<String> = steps.into_iter().filter(|step| step.stage == stage).map(|step| step.command).collect();
    if lines.is_empty() {
        return String::new();
    }
    match stage {
        Stage::Module => {
            let note = format!("Options of the kernel modules, which hold from the next boot: {}", url("TIPS"));
            let lines = lines.iter().map(|line| quoted(line)).collect::<Vec<_>>().join(" ");
            comment(&note) + &format!("printf '%s\\n' {lines} | sudo tee {MODULE_OPTIONS} >/dev/null\n")
        }
        Stage::Parameter => {
            let note = format!("Settings of the client, lost at reboot: {}", url("TIPS"));
            comment(&note) + &lines.iter().map(|line| format!("sudo {}\n", starred(line))).collect::<String>()
        }
    }
}

/// A command whose stars are its own and not the shell's.
fn starred(command: &str) -> String {
    let (verb, setting) = command.rsplit_once(' ').unwrap_or(("", command));
    format!("{verb} {}", quoted(setting))
}

/// Where the options of the modules are kept.
const MODULE_OPTIONS: &str = "/etc/modprobe.d/fsx-lustre.conf";

fn mount() -> String {
    comment(&format!("Mounted as AWS advises: {}", url("START")))
        + "sudo mkdir -p \"$mount_point\"\nif ! mountpoint -q \"$mount_point\"; then\n  sudo mount -t lustre -o relatime,flock \
           \"$dns_name@tcp:/$mount_name\" \"$mount_point\"\nfi\n"
}

/// The line of `/etc/fstab`, which waits for what the client's network needs.
fn at_boot(group: &Clients) -> String {
    let after = if is_over_efa(group) {
        format!("x-systemd.requires={EFA_SETUP}.service,x-systemd.after={EFA_SETUP}.service")
    } else {
        "x-systemd.requires=network.service".to_owned()
    };
    let mut text = comment(&format!("At every boot: {}", url("FSTAB")));
    text += &format!(
        "# echo \"$dns_name@tcp:/$mount_name $mount_point lustre \
         defaults,relatime,flock,_netdev,x-systemd.automount,{after} 0 0\" | sudo tee -a /etc/fstab\n"
    );
    if !is_over_efa(group) {
        let note =
            "(x-systemd.requires=systemd-networkd-wait-online.service on Amazon Linux 2023, and on Ubuntu from 22.04)";
        text += &comment(note);
    }
    text
}

/// Over which network the messages went.
fn proof_of_efa(group: &Clients) -> String {
    if !is_over_efa(group) {
        return String::new();
    }
    let note = format!(
        "Messages sent to the servers over each network, to be looked at before and after a load: those over EFA grow, \
         those over TCP hardly. {}",
        url("MANUAL-LNET")
    );
    comment(&note)
        + "sudo lnetctl peer show -v | awk '\n  /nid:/ { sub(/.*@/, \"\"); net = $0 }\n  /send_count:/ { sent[net] += $2 }\n  \
           END { for (net in sent) print net, sent[net] }'\n"
}

fn layout(design: &Design<'_>) -> String {
    let raw = design.scenario.file_system.layout.as_ref();
    let mut text = match raw.map_or(LayoutKind::Default, |layout| layout.kind) {
        LayoutKind::Default => {
            let options = default_layout(|row| row.created_before.is_none());
            comment(&format!("Layout of new files: the service's own, {options}: nothing to set. {}", url("PERF")))
        }
        LayoutKind::Created => {
            let before = raw.and_then(|layout| layout.before.as_deref());
            let options = default_layout(|row| row.created_before == before);
            let day = before.unwrap_or_default();
            let note =
                format!("Layout of new files: the one of file systems made before {day}, {options}: nothing to set.");
            comment(&note)
        }
        LayoutKind::Stripe | LayoutKind::Components => {
            let options = raw.map(options).unwrap_or_default();
            comment(&format!("Layout of new files; those there keep theirs. {}", url("PERF")))
                + &format!("sudo lfs setstripe {options} \"$mount_point\"\n")
        }
    };
    let advice = estimate(design.scenario).map(|estimate| estimate.findings).unwrap_or_default();
    for finding in advice.iter().filter(|finding| finding.code == "FSX-ADVICE-STRIPE") {
        text += &comment(&format!("Advice {}", finding.message));
        text += &comment(&finding.fix);
    }
    text
}

/// Components of a layout of the service in the words of `lfs setstripe`.
fn default_layout(wanted: impl Fn(&DefaultLayoutComponent) -> bool) -> String {
    let rows = LAYOUTS.iter().filter(|row| wanted(row));
    let components = rows.map(|row| component(row.end_mib.map(i64::from), i64::from(row.stripe_count)));
    components.collect::<Vec<_>>().join(" ")
}

/// A layout in the words of `lfs setstripe`.
fn options(layout: &Layout) -> String {
    let size = size(layout.size_mib().0);
    let own_size = layout.size_mib.filter(|given| given.get() != figures::DEFAULT_STRIPE_SIZE_MIB.value);
    match layout.count {
        Some(count) if layout.kind == LayoutKind::Stripe => format!("-c {} -S {size}", count.0),
        _ => {
            let of_component = |part: String| if own_size.is_some() { format!("{part} -S {size}") } else { part };
            let parts = layout.components.iter().map(|it| component(it.end_mib.map(|end| end.0), it.count.0));
            parts.map(of_component).collect::<Vec<_>>().join(" ")
        }
    }
}

fn component(end_mib: Option<i64>, count: i64) -> String {
    format!("-E {} -c {count}", end_mib.map_or_else(|| "-1".to_owned(), size))
}

/// A size in MiB as `lfs` reads it.
fn size(mib: i64) -> String {
    if mib % 1024 == 0 { format!("{}G", mib / 1024) } else { format!("{mib}M") }
}

/// Loads the linked directories before they are read, where something is read from S3.
fn preload(design: &Design<'_>) -> String {
    let all = expanded(design.scenario);
    let loads = |it: &&Workload| it.operation() == Operation::S3Restore;
    let lazy = |it: &Workload| it.data_in() == DataIn::S3 && it.operation() == Operation::Read;
    let load = all.workloads.iter().find(loads);
    if load.is_none() && !all.workloads.iter().any(lazy) {
        return String::new();
    }
    let usual = figures::PRELOAD_PROCESSES.value;
    let processes =
        load.and_then(|it| it.processes_per_client).map_or_else(|| usual.to_string(), |it| it.0.to_string());
    let linked = &design.scenario.file_system.data_repository_associations;
    let mut paths: Vec<&str> = linked.iter().map(|it| it.file_system_path.trim_end_matches('/')).collect();
    if paths.is_empty() {
        paths.push("");
    }
    let mut text = comment(&format!(
        "Loading from S3, on one client, with FSX_PRELOAD=yes; what is loaded already is left out. {}",
        url("PRELOAD")
    ));
    text += "if [ \"${FSX_PRELOAD:-no}\" = yes ]; then\n";
    for path in paths {
        let find = format!(
            "find \"$mount_point\"{} -type f -print0",
            if path.is_empty() { String::new() } else { quoted(path) }
        );
        text += &format!(
            "  {find} | xargs -0 -r -n 1 -P {processes} sudo lfs hsm_restore || echo 'not every file could be asked for' >&2\n  \
             echo \"files still in S3 only: $({find} | xargs -0 -r sudo lfs hsm_state | grep -c 'released exists \
             archived')\"\n"
        );
    }
    text + "fi\n# Of one file, NOOP once it is loaded:\n# sudo lfs hsm_action FILE\n"
}

fn quotas() -> String {
    comment(&format!("Quotas, in KB and files; none is set here. {}", url("QUOTA")))
        + "# sudo lfs setquota -u USER -b SOFT_KB -B HARD_KB -i SOFT_FILES -I HARD_FILES \"$mount_point\"\n# sudo lfs quota -u \
           USER \"$mount_point\"\n"
}

fn space() -> String {
    let full = figures::FULL_OST_ACTION_SHARE.value * 100.0;
    comment(&format!(
        "Space of each target: writes fail where a file's own targets are full, whatever is free elsewhere; AWS moves files \
         from {full:.0} % on. {}",
        url("SPACE")
    )) + "lfs df -h \"$mount_point\"\n"
}

/// What the script takes as done, and what it asks for.
fn remarks(design: &Design<'_>, groups: &[Clients]) -> Vec<Finding> {
    let advice = |code, field: &str, value: &str, message: &str, fix: &str, source| Finding {
        severity: Severity::Advice,
        sources: vec![source],
        ..Finding::error(code, field, value, message, fix)
    };
    let mut findings = Vec::new();
    for (field, is_known) in
        [("deploy.dns_name", design.dns_name().is_some()), ("deploy.mount_name", mount_name(design).is_some())]
    {
        if !is_known {
            let variable = format!("FSX_{}", field.trim_start_matches("deploy.").to_uppercase());
            let message = format!("the script asks for {variable}");
            findings.push(advice("FSX-EXPORT-PLACEHOLDER", field, "", &message, "", "API-FS"));
        }
    }
    for (i, group) in groups.iter().enumerate() {
        let path = design.scenario.clients.path(i);
        let field = format!("{path}.interface");
        let interface = group.interface().as_str();
        match group.interface() {
            Interface::Ena => {}
            Interface::EnaExpress => {
                let message = "ENA Express is switched on at the instance's network interface, which no command on the \
                               client does";
                let fix = "`aws ec2 modify-network-interface-attribute --ena-srd-specification EnaSrdEnabled=true`";
                findings.push(advice("FSX-EXPORT-CLIENT", &field, interface, message, fix, "ENAX"));
            }
            Interface::Efa | Interface::EfaGds => {
                let message = "the script takes the EFA interfaces as attached and the drivers of EFA and GPUs as installed: \
                               that is done where the instance is launched";
                let fix = "`install-fsx-lustre-client.sh --install-lustre --install-efa`, or a Deep Learning AMI";
                findings.push(advice("FSX-EXPORT-CLIENT", &field, interface, message, fix, "EFACLIENT"));
            }
        }
        if group.instance_type.is_none() {
            let message = "no instance type is given, so nothing is tuned to its size";
            let field = format!("{path}.instance_type");
            findings.push(advice("FSX-EXPORT-CLIENT", &field, "", message, "", "TIPS"));
        }
    }
    findings
}
