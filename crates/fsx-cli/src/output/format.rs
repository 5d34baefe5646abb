//! Numbers for people: four significant digits at most, units that fit the size.

use fsx_model::estimate::{MB_PER_S, OP_PER_S, Range};
use fsx_model::scenario::Workload;

use super::page::GLUE;

/// A whole number, or up to two decimals, with thousands set off: `45,120`, `326.4`.
pub(crate) fn count(value: impl Into<f64>) -> String {
    let value = value.into();
    let text = format!("{value:.2}");
    grouped(text.trim_end_matches('0').trim_end_matches('.'))
}

/// As [`count`], with one decimal at most: `1,578.2`.
pub(crate) fn tenths(value: f64) -> String {
    count((value * 10.0).round() / 10.0)
}

/// Three significant digits, four from a thousand on: `0.0123`, `12.6`, `1,152`, `12,600`; `340k` and `1.07M` when large.
pub(crate) fn figure(value: f64) -> String {
    let size = value.abs();
    if size >= 999_500.0 {
        return format!("{}M", figure(value / 1e6));
    }
    if size >= 99_950.0 {
        return format!("{:.0}k", value / 1e3);
    }
    if size >= 9_999.5 {
        return grouped(&format!("{:.0}", (value / 10.0).round() * 10.0));
    }
    if size >= 99.95 {
        return grouped(&format!("{value:.0}"));
    }
    let decimals = [(9.995, 1), (0.9995, 2), (0.09995, 3), (0.009_995, 4)];
    let decimals = decimals.iter().find(|(from, _)| size >= *from).map_or(5, |(_, decimals)| *decimals);
    let text = format!("{value:.decimals$}");
    if size < 0.000_005 { "0".to_owned() } else { text }
}

/// A figure without zeros at the end: `0.75`, `20`.
pub(crate) fn short(value: f64) -> String {
    let text = figure(value);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `low–high`.
pub(crate) fn range(range: &Range, show: impl Fn(f64) -> String) -> String {
    format!("{}–{}", show(range.low), show(range.high))
}

/// A share in percent; a little more than nothing is not nothing.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 { "<1%".to_owned() } else { format!("{percent:.0}%") }
}

/// Unit a rate is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rate {
    Megabytes,
    Gigabytes,
    /// Metadata operations of one kind.
    Operations,
    /// Items of a mix of metadata operations.
    Items,
}

impl Rate {
    /// The unit in which `mb_per_s` is easy to read.
    pub(crate) fn fitting(mb_per_s: f64) -> Self {
        if mb_per_s >= 9_999.5 { Self::Gigabytes } else { Self::Megabytes }
    }

    /// The unit in which a workload's rate, given in the unit of the core, is easy to read.
    pub(crate) fn of(workload: &Workload, value: f64, unit: &str) -> Self {
        match unit {
            OP_PER_S if workload.operations.is_some() => Self::Items,
            OP_PER_S => Self::Operations,
            _ => Self::fitting(value),
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Megabytes => MB_PER_S,
            Self::Gigabytes => "GB/s",
            Self::Operations => OP_PER_S,
            Self::Items => "items/s",
        }
    }

    /// Whether it counts bytes.
    pub(crate) const fn is_data(self) -> bool {
        matches!(self, Self::Megabytes | Self::Gigabytes)
    }

    /// The number.
    pub(crate) fn number(self, value: f64) -> String {
        match self {
            Self::Gigabytes => figure(value / 1000.0),
            _ => figure(value),
        }
    }

    /// The number and its unit.
    pub(crate) fn full(self, value: f64) -> String {
        format!("{}{GLUE}{}", self.number(value), self.name())
    }
}

/// A duration in the unit that suits it: `42 s`, `2.6 min`, `31 min`, `6.0 h`, `15 d`.
pub(crate) fn duration(seconds: f64) -> String {
    let (value, unit) = duration_parts(seconds);
    format!("{value}{GLUE}{unit}")
}

/// A range of durations; the unit once if it is the same.
pub(crate) fn durations(range: &Range) -> String {
    let ((low, low_unit), (high, high_unit)) = (duration_parts(range.low), duration_parts(range.high));
    if low_unit == high_unit {
        format!("{low}–{high}{GLUE}{high_unit}")
    } else {
        format!("{low}{GLUE}{low_unit}–{high}{GLUE}{high_unit}")
    }
}

fn duration_parts(seconds: f64) -> (String, &'static str) {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 3600.0;
    const DAY: f64 = 86_400.0;
    let (value, unit) = if seconds < 0.0995 {
        return (figure(seconds * 1000.0), "ms");
    } else if seconds < 99.5 {
        (seconds, "s")
    } else if seconds < 99.5 * MINUTE {
        (seconds / MINUTE, "min")
    } else if seconds < 48.0 * HOUR {
        (seconds / HOUR, "h")
    } else {
        (seconds / DAY, "d")
    };
    let text = if value < 0.995 {
        format!("{value:.2}")
    } else if value < 9.95 {
        format!("{value:.1}")
    } else {
        grouped(&format!("{value:.0}"))
    };
    (text, unit)
}

/// A size given in KiB, in the largest unit that leaves it whole: `4 KiB`, `1 MiB`, `140 MiB`, `1 GiB`.
pub(crate) fn size_kib(kib: f64) -> String {
    let mut value = kib;
    let mut unit = "KiB";
    for larger in ["MiB", "GiB", "TiB"] {
        if value < 1024.0 || (value / 1024.0).fract() > 0.0 && value < 10_240.0 {
            break;
        }
        value /= 1024.0;
        unit = larger;
    }
    format!("{}{GLUE}{unit}", count(value))
}

/// So many bytes, in the largest unit there is one of: `0 B`, `1,023 B`, `1.5 KiB`, `12.3 TiB`.
pub(crate) fn bytes(bytes: f64) -> String {
    let (mut value, mut unit) = (bytes, "B");
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB"] {
        // 1023.96 would be shown as 1,024
        if value < 1023.95 {
            break;
        }
        value /= 1024.0;
        unit = larger;
    }
    let digits = if unit == "B" { count(value.round()) } else { tenths(value) };
    format!("{digits}{GLUE}{unit}")
}

/// A ratio: `×2.00`, `×0.953`.
pub(crate) fn times(ratio: f64) -> String {
    format!("×{}", figure(ratio))
}

/// `1 client`, `16 clients`, `8 processes`, `2 directories`.
pub(crate) fn plural(number: impl Into<f64>, one: &str) -> String {
    let number = number.into();
    let name = match one.strip_suffix('y') {
        _ if (number - 1.0).abs() < f64::EPSILON => one.to_owned(),
        Some(stem) => format!("{stem}ies"),
        None if one.ends_with('s') => format!("{one}es"),
        None => format!("{one}s"),
    };
    format!("{}{GLUE}{name}", count(number))
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_three_or_four_digits() {
        let shown = [0.0, 0.0123, 0.75, 9.999, 12.602, 99.96, 240.3, 1152.0, 9999.6, 12_602.0, 340_000.0, 1_070_000.0];
        let shown: Vec<_> = shown.into_iter().map(figure).collect();
        assert_eq!(
            shown,
            ["0", "0.0123", "0.750", "10.0", "12.6", "100", "240", "1,152", "10,000", "12,600", "340k", "1.07M"]
        );
    }

    #[test]
    fn durations_take_the_unit_that_suits() {
        let shown: Vec<_> = [0.005, 0.5, 42.0, 156.8, 1846.0, 21_738.0, 1e6].into_iter().map(duration).collect();
        let shown: Vec<_> = shown.iter().map(|text| text.replace(GLUE, " ")).collect();
        assert_eq!(shown, ["5.00 ms", "0.50 s", "42 s", "2.6 min", "31 min", "6.0 h", "12 d"]);
    }

    #[test]
    fn words_follow_their_number() {
        let shown = [(1.0, "directory"), (2.0, "directory"), (1.0, "process"), (8.0, "process"), (16.0, "client")];
        let shown: Vec<_> = shown.into_iter().map(|(number, one)| plural(number, one).replace(GLUE, " ")).collect();
        assert_eq!(shown, ["1 directory", "2 directories", "1 process", "8 processes", "16 clients"]);
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!([list(&names[..1]), list(&names[..2]), list(&names)], ["a", "a and b", "a, b and c"]);
    }

    #[test]
    fn sizes_stay_whole() {
        let shown: Vec<_> = [4.0, 1024.0, 1536.0, 143_360.0, 1_048_576.0].into_iter().map(size_kib).collect();
        let shown: Vec<_> = shown.iter().map(|text| text.replace(GLUE, " ")).collect();
        assert_eq!(shown, ["4 KiB", "1 MiB", "1,536 KiB", "140 MiB", "1 GiB"]);
        let shown: Vec<_> =
            [0.0, 1023.0, 1024.0, 1536.0, 1_048_575.0, 13_518_000_000_000.0].into_iter().map(bytes).collect();
        let shown: Vec<_> = shown.iter().map(|text| text.replace(GLUE, " ")).collect();
        assert_eq!(shown, ["0 B", "1,023 B", "1 KiB", "1.5 KiB", "1 MiB", "12.3 TiB"]);
    }
}
