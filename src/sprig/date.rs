//! Sprig's [date functions](https://masterminds.github.io/sprig/date.html).
//!
//! The clock and local time are the world's. Local time has the abbreviation `UTC` or none: a browser knows only the
//! offset.

use super::moment::{GoTime, TimeArgument, as_time};
use super::text::charge;
use crate::template::{CallError, Context, Function};
use crate::value::format::parse_int;
use crate::value::time::{Duration, Moment, Zone, parse, parse_duration};
use crate::value::{IntKind, Text, Value};

pub(super) fn functions() -> Vec<Function> {
    [writing(), reading(), spans()].into_iter().flatten().collect()
}

fn writing() -> Vec<Function> {
    vec![
        Function::new("now", now).doc("The moment.").example("{{ now | typeOf }}", "time.Time"),
        Function::new("date", date)
            .doc("A moment, or seconds since 1970, in local time, written like the example Mon Jan 2 15:04:05 2006.")
            .example("{{ date \"2006-01-02\" 86400 }}", "1970-01-02"),
        Function::new("dateInZone", date_in_zone)
            .doc("The same in a time zone.")
            .example("{{ dateInZone \"15:04 MST\" 0 \"America/New_York\" }}", "19:00 EST"),
        Function::new("date_in_zone", date_in_zone)
            .doc("The old name of `dateInZone`.")
            .example("{{ date_in_zone \"15:04\" 0 \"UTC\" }}", "00:00"),
        Function::new("htmlDate", html_date)
            .doc("A moment as HTML's date fields have it.")
            .example("{{ htmlDate 0 }}", "1970-01-01"),
        Function::new("htmlDateInZone", html_date_in_zone)
            .doc("The same in a time zone.")
            .example("{{ htmlDateInZone 0 \"America/New_York\" }}", "1969-12-31"),
        Function::new("unixEpoch", unix_epoch)
            .doc("Seconds since 1970.")
            .example("{{ toDate \"2006\" \"1971\" | unixEpoch }}", "31536000"),
    ]
}

fn reading() -> Vec<Function> {
    vec![
        Function::new("toDate", to_date)
            .doc("A text as a moment, by an example of its form; the year 1 where it doesn't fit.")
            .example("{{ (toDate \"2006-01-02\" \"2020-12-31\").Year }}", "2020"),
        Function::new("mustToDate", must_to_date)
            .doc("The same, with an error where the text doesn't fit.")
            .example("{{ (mustToDate \"2006-01-02\" \"2020-12-31\").YearDay }}", "366"),
        Function::new("dateModify", date_modify)
            .doc("The moment a duration later; the same where that isn't one.")
            .example("{{ toDate \"15:04\" \"10:00\" | dateModify \"-1.5h\" | date \"15:04\" }}", "08:30"),
        Function::new("date_modify", date_modify)
            .doc("The old name of `dateModify`.")
            .example("{{ toDate \"15:04\" \"10:00\" | date_modify \"1m\" | date \"15:04\" }}", "10:01"),
        Function::new("mustDateModify", must_date_modify)
            .doc("The same as `dateModify`, with an error where the duration isn't one.")
            .example("{{ toDate \"15:04\" \"10:00\" | mustDateModify \"1h\" | date \"15:04\" }}", "11:00"),
        Function::new("must_date_modify", must_date_modify)
            .doc("The old name of `mustDateModify`.")
            .example("{{ toDate \"15:04\" \"10:00\" | must_date_modify \"1h\" | date \"15:04\" }}", "11:00"),
    ]
}

fn spans() -> Vec<Function> {
    vec![
        Function::new("ago", ago).doc("The time since a moment.").example("{{ now | ago }}", "0s"),
        Function::new("duration", duration)
            .doc("Seconds as hours, minutes and seconds.")
            .example("{{ duration \"3661\" }}", "1h1m1s"),
        Function::new("durationRound", duration_round)
            .doc("A duration in its largest unit.")
            .example("{{ durationRound \"2400h10m5s\" }}", "3mo"),
    ]
}

/// Local time at a moment.
/// The moment that a text names by a layout, as templates see it; in a zone that has this name and no more, or in local
/// time.
pub fn moment_by_layout(cx: &mut dyn Context, layout: &str, text: &str, zone: Option<&str>) -> Option<Value> {
    let moment = parse(layout.as_bytes(), text.as_bytes(), &mut |seconds| match zone {
        Some(name) => Zone::fixed(0, name),
        None => local(cx, seconds),
    });
    let moment = moment.ok()?;
    let local = local(cx, moment.seconds);
    Some(GoTime { moment, local }.into())
}

fn local(cx: &mut dyn Context, seconds: i64) -> Zone {
    match cx.world().local_offset(seconds) {
        0 => Zone::local(0, "UTC"),
        minutes => Zone::local(minutes.saturating_mul(60), ""),
    }
}

fn go_time(cx: &mut dyn Context, moment: Moment) -> GoTime {
    let local = local(cx, moment.seconds);
    GoTime { moment, local }
}

fn current(cx: &mut dyn Context) -> Moment {
    let nanoseconds = cx.world().now();
    let moment = Moment::from_nanoseconds(nanoseconds, Zone::utc());
    let zone = local(cx, moment.seconds);
    moment.at_zone(zone)
}

fn now(cx: &mut dyn Context) -> Value {
    let moment = current(cx);
    go_time(cx, moment).into()
}

/// The moment of a date argument; what is none is now.
fn moment_of(cx: &mut dyn Context, date: &Value) -> Moment {
    match date {
        Value::Int(seconds, IntKind::Int | IntKind::Int32 | IntKind::Int64) => {
            Moment { seconds: *seconds, nanoseconds: 0, zone: Zone::utc() }
        }
        _ => as_time(date).map_or_else(|| current(cx), |time| time.moment.clone()),
    }
}

fn date_in_zone(cx: &mut dyn Context, layout: Text, date: Value, zone: Text) -> Result<Text, CallError> {
    charge(cx, layout.len().saturating_mul(4))?;
    let moment = moment_of(cx, &date);
    let zone = match zone.to_str().as_ref() {
        "" | "UTC" => Zone::utc(),
        "Local" => local(cx, moment.seconds),
        name => Zone::named(name).unwrap_or_else(Zone::utc),
    };
    Ok(moment.at_zone(zone).format(layout.as_bytes()).into())
}

fn date(cx: &mut dyn Context, layout: Text, date: Value) -> Result<Text, CallError> {
    date_in_zone(cx, layout, date, "Local".into())
}

fn html_date(cx: &mut dyn Context, date: Value) -> Result<Text, CallError> {
    date_in_zone(cx, "2006-01-02".into(), date, "Local".into())
}

fn html_date_in_zone(cx: &mut dyn Context, date: Value, zone: Text) -> Result<Text, CallError> {
    date_in_zone(cx, "2006-01-02".into(), date, zone)
}

fn unix_epoch(time: TimeArgument) -> Text {
    time.0.moment.seconds.to_string().into()
}

fn must_to_date(cx: &mut dyn Context, layout: Text, text: Text) -> Result<Value, CallError> {
    charge(cx, layout.len().saturating_add(text.len()))?;
    let moment = parse(layout.as_bytes(), text.as_bytes(), &mut |seconds| local(cx, seconds))?;
    Ok(go_time(cx, moment).into())
}

fn to_date(cx: &mut dyn Context, layout: Text, text: Text) -> Result<Value, CallError> {
    match must_to_date(cx, layout, text) {
        Err(CallError::Message(_)) => Ok(go_time(cx, Moment::zero()).into()),
        result => result,
    }
}

fn must_date_modify(duration: Text, time: TimeArgument) -> Result<Value, String> {
    let duration = parse_duration(duration.as_bytes())?;
    let GoTime { moment, local } = time.0;
    Ok(GoTime { moment: moment.plus(duration), local }.into())
}

fn date_modify(duration: Text, time: TimeArgument) -> Value {
    let unchanged = time.0.clone();
    must_date_modify(duration, time).unwrap_or_else(|_| unchanged.into())
}

const SECOND: Duration = Duration(1_000_000_000);

fn ago(cx: &mut dyn Context, date: Value) -> Text {
    // Unlike in `date`, an int32 is no moment here.
    let is_unknown = matches!(date, Value::Int(_, IntKind::Int32));
    let moment = if is_unknown { current(cx) } else { moment_of(cx, &date) };
    current(cx).since(&moment).rounded(SECOND).to_string().into()
}

fn duration(seconds: Value) -> Text {
    let seconds = match seconds {
        Value::String(text) => parse_int(text.as_bytes(), 10).unwrap_or_else(|(_, limit)| limit),
        Value::Int(seconds, IntKind::Int64) => seconds,
        _ => 0,
    };
    Duration(seconds.wrapping_mul(SECOND.0)).to_string().into()
}

fn duration_round(cx: &mut dyn Context, value: Value) -> Text {
    const UNITS: [(u64, &str); 6] =
        [(365 * 86_400, "y"), (30 * 86_400, "mo"), (86_400, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let duration = match &value {
        Value::String(text) => parse_duration(text.as_bytes()).unwrap_or(Duration(0)),
        Value::Int(nanoseconds, IntKind::Int64) => Duration(*nanoseconds),
        other => as_time(other).map_or(Duration(0), |time| current(cx).since(&time.moment)),
    };
    let magnitude = duration.0.unsigned_abs();
    let nanoseconds = |seconds: u64| seconds * SECOND.0.unsigned_abs();
    // A whole unit still counts in the next smaller one.
    let found = UNITS.iter().find(|(seconds, _)| magnitude > nanoseconds(*seconds));
    let written = found.map(|(seconds, unit)| format!("{}{unit}", magnitude / nanoseconds(*seconds)));
    written.unwrap_or_else(|| "0s".to_owned()).into()
}
