//! Money for people: dollars with their cents, and where the prices come from.

use fsx_model::catalog::source;
use fsx_model::cost::{Cost, CostLine};

use super::format::count;
use super::page::Text;

/// `$10,584.00`; `<$0.01` for what is less than half a cent, but not nothing.
pub(crate) fn usd(value: f64) -> String {
    const HALF_A_CENT: f64 = 0.005;
    if value > 0.0 && value < HALF_A_CENT {
        return "<$0.01".to_owned();
    }
    let sign = if value <= -HALF_A_CENT { "−" } else { "" };
    let text = format!("{:.2}", value.abs());
    let (dollars, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let dollars = dollars.parse::<f64>().map_or_else(|_| dollars.to_owned(), count);
    format!("{sign}${dollars}.{cents}")
}

/// Amounts for a column, without the sign: whole dollars where all of them are large.
pub(crate) fn column(values: &[f64]) -> Vec<String> {
    const LARGE: f64 = 1000.0;
    let whole = values.iter().all(|value| *value >= LARGE);
    let show = |value: &f64| if whole { count(value.round()) } else { usd(*value).replacen('$', "", 1) };
    values.iter().map(show).collect()
}

/// What is more or less: `+$504.00`, `−$504.00`.
pub(crate) fn more_usd(value: f64) -> String {
    if value > 0.0 { format!("+{}", usd(value)) } else { usd(value) }
}

/// A price as it is printed: `$0.21`.
pub(crate) fn rate(value: f64) -> String {
    format!("${value}")
}

/// `$10,584.00 a month`, or `at least …` where something is not counted.
pub(crate) fn a_month(cost: &Cost) -> String {
    let least = if cost.partial { "at least " } else { "" };
    format!("{least}{} a month", usd(cost.usd_per_month))
}

/// Where the prices come from: `list prices of 2026-02-17, us-east-1`.
pub(crate) fn prices(cost: &Cost, region: &str) -> String {
    let listed = |line: &&CostLine| line.source.split_whitespace().all(|id| source(id).is_some());
    let number = cost.lines.iter().filter(listed).count();
    let what = match number {
        _ if cost.lines.is_empty() => return format!("no price for {region} is known"),
        0 => "prices given",
        _ if number == cost.lines.len() => "list prices",
        _ => "list prices and prices given",
    };
    let days = || cost.lines.iter().filter_map(|line| line.as_of.as_deref());
    let of = match (days().min(), days().max()) {
        (Some(first), Some(last)) if first == last => format!(" of {first}"),
        (Some(first), Some(last)) => format!(" of {first} to {last}"),
        _ => String::new(),
    };
    format!("{what}{of}, {region}")
}

/// The cost in a line: by the month, by the hour, and at which prices.
pub(crate) fn line(cost: &Cost, region: &str) -> Text {
    let text = Text::new().bold(&a_month(cost)).plain(&format!(", {} an hour", usd(cost.usd_per_hour)));
    text.dim(&format!(" ({})", prices(cost, region)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_have_cents() {
        let shown = [0.0, 0.004, 0.005, 14.498_63, 10_584.0, 1_234_567.894, -3.5].map(usd);
        assert_eq!(shown, ["$0.00", "<$0.01", "$0.01", "$14.50", "$10,584.00", "$1,234,567.89", "−$3.50"]);
        assert_eq!([504.0, -504.0, 0.0].map(more_usd), ["+$504.00", "−$504.00", "$0.00"]);
        assert_eq!(column(&[10_080.0, 5568.4]), ["10,080", "5,568"]);
        assert_eq!(column(&[10_080.0, 843.0]), ["10,080.00", "843.00"]);
        assert_eq!([0.21, 0.000_125, 55.04].map(rate), ["$0.21", "$0.000125", "$55.04"]);
    }
}
