//! Times as tools write them: ISO 8601, or seconds since 1970.

use serde_json::Value;

/// Seconds in a day.
const DAY: f64 = 86_400.0;

/// The day of a time, ISO 8601.
pub(super) fn day(time: &Value) -> Option<String> {
    match time {
        Value::String(text) => text.get(..10).map(str::to_owned),
        Value::Number(seconds) => Some(day_of(seconds.as_f64()?)),
        _ => None,
    }
}

/// Seconds since 1970 of a time, its offset from UTC left out: for the distance between two of one text.
pub(super) fn seconds(time: &Value) -> Option<f64> {
    let text = match time {
        Value::Number(seconds) => return seconds.as_f64(),
        Value::String(text) => text,
        _ => return None,
    };
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok().map(f64::from);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19).unwrap_or(0.0));
    // days before the year and the month, counted from March, so that a leap day is the last of its year
    let (year, month) = if month <= 2.0 { (year - 1.0, month + 9.0) } else { (year, month - 3.0) };
    let leap = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    let days = year * 365.0 + leap + ((153.0 * month + 2.0) / 5.0).floor() + day;
    const DAYS_TO_1970: f64 = 719_469.0;
    Some((days - DAYS_TO_1970) * DAY + hour * 3600.0 + minute * 60.0 + second)
}

fn day_of(seconds: f64) -> String {
    let mut days = libm::floor(seconds / DAY);
    let mut year = 1970;
    let is_leap = |year: i32| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = |year: i32| 365.0 + f64::from(u8::from(is_leap(year)));
    while days >= length(year) && year < 9999 {
        days -= length(year);
        year += 1;
    }
    let february = 28.0 + f64::from(u8::from(is_leap(year)));
    let mut month = 1;
    for length in [31.0, february, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days.clamp(0.0, 30.0) + 1.0)
}
