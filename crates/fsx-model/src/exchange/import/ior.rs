//! IOR from 3.2: its text output, and its JSON (`-O summaryFormat=JSON`).

use std::collections::BTreeMap;

use super::loads::{
    KIB, MB, MIB, MOST, Options, Tasks, assumed, bytes, few_enough, found, in_turn, lost, measured, number, whole,
};
use crate::exchange::draft::Found;
use crate::exchange::tree::{At, MAX_EXCHANGE_BYTES, json, not_understood};
use crate::finding::Error;
use crate::scenario::{Access, Operation, Order, Workload, check_size};
use crate::shape::Whole;

/// Letters of options that take a value.
const WITH_VALUE: &str = "aAbdDfGijJlMNoOQsStTUX";

/// Phases in the order in which they run.
const PHASES: [(&str, Operation); 2] = [("write", Operation::Write), ("read", Operation::Read)];

/// The options and results of one test.
struct Test {
    name: String,
    command: Options,
    /// By their names in the output, parameters of the JSON by theirs.
    options: BTreeMap<String, String>,
    /// Phase and MiB/s of each repetition.
    results: Vec<(String, f64)>,
}

pub(super) fn read(text: &str) -> Result<Vec<Found>, Error> {
    let tests = if text.trim_start().starts_with('{') { of_json(text)? } else { of_text(text)? };
    few_enough(tests.len())?;
    if tests.is_empty() {
        return Err(not_understood("", "no output of IOR: there are no options of a test in it"));
    }
    let read: Vec<Found> = tests.iter().filter_map(Test::found).collect();
    if read.is_empty() {
        let message = "no test of IOR with tasks, xfersize, blocksize and the result of a write or a read";
        return Err(not_understood("Options", message));
    }
    Ok(read)
}

fn of_json(text: &str) -> Result<Vec<Test>, Error> {
    let document = json(text)?;
    let root = At::root(&document);
    let command = Options::of(root.text("Command line").unwrap_or_default(), WITH_VALUE);
    let test = |(i, at): (usize, &At<'_>)| {
        let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let fields = ["Parameters", "Options"].into_iter().filter_map(|name| at.get(name));
        let options = fields.flat_map(|table| table.fields()).map(|(name, at)| (name.to_owned(), plain(at.value)));
        // 3.2 has a list for each repetition
        let results = at.get("Results").map(|list| list.items()).unwrap_or_default();
        let results = results.iter().flat_map(At::items);
        Test {
            name: format!("test-{i}"),
            command: command.clone(),
            options: options.collect(),
            results: results.filter_map(|it| Some((it.text("access")?.to_owned(), it.number("bwMiB")?))).collect(),
        }
    };
    Ok(root
        .get("tests")
        .map(|list| list.items())
        .unwrap_or_default()
        .iter()
        .take(MOST + 1)
        .enumerate()
        .map(test)
        .collect())
}

fn of_text(text: &str) -> Result<Vec<Test>, Error> {
    check_size(text, MAX_EXCHANGE_BYTES)?;
    let mut tests: Vec<Test> = Vec::new();
    let mut command = Options::default();
    // columns of the table that the line is in
    let mut table: Vec<&str> = Vec::new();
    for line in text.lines() {
        if tests.len() > MOST {
            break;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["access", "bw(MiB/s)", ..] | ["Operation", "Max(MiB)", ..] => table = words,
            [phase @ ("write" | "read"), ..] if words.len() == table.len() => {
                let get = |name: &str| table.iter().position(|it| *it == name).and_then(|at| words.get(at));
                result(phase, &get, &mut tests);
            }
            _ => {
                let Some((key, value)) = line.split_once(':') else { continue };
                let (key, value) = (key.trim(), value.trim());
                if key == "Command line" {
                    command = Options::of(value, WITH_VALUE);
                } else if key == "Options" {
                    let (name, command) = (format!("test-{}", tests.len()), command.clone());
                    tests.push(Test { name, command, options: BTreeMap::new(), results: Vec::new() });
                } else if let Some(test) = tests.last_mut() {
                    test.options.entry(key.to_owned()).or_insert_with(|| value.to_owned());
                }
            }
        }
    }
    Ok(tests)
}

/// A row of the results or of the summary, which tells sizes to the byte.
fn result<'a>(phase: &str, get: &dyn Fn(&str) -> Option<&'a &'a str>, tests: &mut [Test]) {
    if let Some(rate) = get("bw(MiB/s)").and_then(|word| number(word)) {
        if let Some(test) = tests.last_mut() {
            test.results.push((phase.to_owned(), rate));
        }
        return;
    }
    let place = get("Test#").and_then(|word| word.parse::<usize>().ok());
    if let Some(test) = place.and_then(|place| tests.get_mut(place)) {
        for (column, name) in [("blksiz", "blockSize"), ("xsize", "transferSize")] {
            if let Some(size) = get(column) {
                test.options.insert(name.to_owned(), (*size).to_owned());
            }
        }
    }
}

impl Test {
    fn text(&self, name: &str) -> &str {
        self.options.get(name).map_or("", String::as_str)
    }

    fn number(&self, name: &str) -> Option<f64> {
        number(self.options.get(name)?)
    }

    /// A size to the byte, or as rounded among the options.
    fn size(&self, exact: &str, rounded: &str) -> Option<f64> {
        self.number(exact).or_else(|| bytes(self.text(rounded))).filter(|bytes| *bytes > 0.0)
    }

    /// An option by its letter, or by its name among the parameters.
    fn is_on(&self, letter: &str, parameter: &str) -> bool {
        self.command.has(letter) || self.number(parameter).is_some_and(|value| value > 0.0)
    }

    fn ran(&self, phase: &str) -> bool {
        self.results.iter().any(|(of, _)| of == phase)
    }

    fn tasks(&self) -> Option<Tasks> {
        let tasks = self.number("tasks")?;
        let by_node = || Some((tasks / self.number("clients per node").filter(|it| *it > 0.0)?).ceil());
        Tasks::new(tasks, self.number("nodes").or_else(by_node).unwrap_or(1.0))
    }

    fn found(&self) -> Option<Found> {
        let tasks = self.tasks()?;
        let loads = PHASES.iter().filter(|(phase, _)| self.ran(phase));
        let loads: Vec<Workload> =
            loads.map(|(phase, operation)| self.load(phase, *operation, tasks)).collect::<Option<_>>()?;
        if loads.is_empty() {
            return None;
        }
        let both = loads.len() > 1;
        let mut read = found(&self.name, Some(tasks), loads, Vec::new());
        for (phase, _) in PHASES {
            self.measured(phase, &mut read);
        }
        if both {
            in_turn(&mut read, "IOR");
        }
        self.remarks(tasks, &mut read);
        Some(read)
    }

    fn load(&self, phase: &str, operation: Operation, tasks: Tasks) -> Option<Workload> {
        let processes = self.number("tasks")?;
        let transfer = self.size("transferSize", "xfersize")?;
        let segments = self.number("segments").or_else(|| self.number("segmentCount")).unwrap_or(1.0);
        let per_task = self.size("blockSize", "blocksize")? * segments;
        let shared = self.text("access") == "single-shared-file";
        let writes = operation == Operation::Write;
        // each repetition reads what it wrote just before; only reads of what was there come back to the same files
        let again = (!writes && !self.ran("write") && !self.is_on("m", "multiFile"))
            .then(|| Whole::from_f64(self.number("repetitions")?).filter(|passes| passes.0 > 1))
            .flatten();
        Some(Workload {
            name: Some(format!("ior-{phase}")),
            operation: Some(operation),
            access: (self.text("ordering in a file") == "random").then_some(Access::Random),
            io_size_kib: Some(transfer / KIB),
            direct_io: self.is_direct().then_some(true),
            processes_per_client: Some(Whole(tasks.per_client)),
            mapped: (self.text("api") == "MMAP").then_some(true),
            fsync: writes.then(|| self.is_on("e", "fsync") || self.is_on("Y", "fsyncperwrite")),
            file_size_mib: Some(if shared { per_task * processes } else { per_task } / MIB),
            file_count: (!shared).then_some(Whole::from_f64(processes)).flatten(),
            shared_file: shared.then_some(true),
            directories: (!shared && self.is_on("u", "uniqueDir")).then_some(Whole::from_f64(processes)).flatten(),
            passes: again,
            order: again.map(|_| Order::Cyclic),
            ..Workload::BLANK
        })
    }

    /// `--posix.odirect`; `-B` or `useO_DIRECT` before 3.3.
    fn is_direct(&self) -> bool {
        self.command.has("posix.odirect")
            || self.is_on("B", "useO_DIRECT")
            || self.command.text("O").contains("O_DIRECT=1")
    }

    fn measured(&self, phase: &str, read: &mut Found) {
        let rates: Vec<f64> = self.results.iter().filter(|(of, _)| of == phase).map(|(_, rate)| *rate).collect();
        let (low, high) = rates.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), it| (low.min(*it), high.max(*it)));
        let decimal = |rate: f64| rate * MIB / MB;
        let figures = match rates.len() {
            0 => return,
            1 => format!("{:.1} MB/s ({high:.1} MiB/s)", decimal(high)),
            many => format!(
                "{:.1} to {:.1} MB/s ({low:.1} to {high:.1} MiB/s) in {many} repetitions",
                decimal(low),
                decimal(high)
            ),
        };
        measured(read, &format!("ior-{phase}"), &figures);
    }

    fn remarks(&self, tasks: Tasks, read: &mut Found) {
        let api = self.text("api");
        if !matches!(api, "POSIX" | "MMAP" | "") {
            let message = format!("IOR used {api}; its transfers are taken for requests of as many bytes");
            assumed(read, "workloads", message, "io_size_kib of what reaches the file system");
        }
        if self.text("type") == "collective" {
            let message = "collective calls: a few processes pass on what all of them move, in larger requests";
            assumed(read, "workloads", message, "processes_per_client and io_size_kib of those");
        }
        if Some(tasks.per_client.saturating_mul(tasks.clients)) != self.number("tasks").and_then(whole) {
            let message = format!("the tasks lie unevenly on the clients; each is given {}", tasks.per_client);
            assumed(read, "clients", message, "");
        }
        let apart = self.text("ordering inter file") != "no tasks offsets" && tasks.clients > 1;
        if self.ran("read") && !apart && !self.is_direct() {
            let message = "tasks may have read what their own client wrote before (no -C, or one client), so what was \
                           measured may come from its memory";
            assumed(read, "workloads", message, "client_cache = true, to see that");
        }
        if self.text("GPUDirect") == "1" {
            assumed(read, "clients", "the tasks used GPUDirect Storage", "interface = \"EFA_GDS\"");
        }
        if self.number("stonewallingTime").or_else(|| self.number("deadlineForStonewall")).is_some_and(|it| it > 0.0) {
            let message = "IOR stopped by the clock (-D), so it may have moved less than the files hold";
            assumed(read, "workloads", message, "file_size_mib of what was moved");
        }
        let silent = ["memoryPerTask", "memoryPerNode"];
        lost(read, "Options", silent.into_iter().filter(|name| !matches!(self.text(name), "" | "0")));
    }
}
