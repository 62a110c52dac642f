//! Moments, durations, months and days of the week as templates see them: Go's methods.
//!
//! Methods that give several results can't be called from a template. The zone of the machine goes with each moment, for
//! methods can't ask the world.

use std::any::Any;
use std::rc::Rc;

use crate::template::Argument;
use crate::value::format::{Charset, quote};
use crate::value::time::{Civil, Duration, Moment, Zone};
use crate::value::{IntKind, List, ListKind, Native, Object, Signature, Traced, Type, UintKind, Value};

const TIME: &str = "time.Time";
const DURATION: &str = "time.Duration";

/// Go's `time.Time`.
#[derive(Clone, Debug)]
pub(super) struct GoTime {
    pub moment: Moment,
    /// Local time.
    pub local: Zone,
}

/// A parameter of type `time.Time`.
pub(super) struct TimeArgument(pub GoTime);

impl Argument for TimeArgument {
    const TYPE: Type = Type::Named(TIME);
    fn from_traced(arg: Traced) -> Option<Self> {
        as_time(&arg.value).cloned().map(Self)
    }
}

impl From<GoTime> for Value {
    fn from(time: GoTime) -> Self {
        Self::Object(Rc::new(time))
    }
}

/// The moment of a `time.Time`.
pub(super) fn as_time(value: &Value) -> Option<&GoTime> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref(),
        _ => None,
    }
}

fn duration_of(value: &Value) -> Option<Duration> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Named>().map(|named| Duration(named.number)),
        Value::Int(nanoseconds, _) => Some(Duration(*nanoseconds)),
        _ => None,
    }
}

impl GoTime {
    fn with(&self, moment: Moment) -> Value {
        Self { moment, local: self.local.clone() }.into()
    }

    /// Methods without parameters.
    fn read(&self, name: &str) -> Option<Value> {
        let moment = &self.moment;
        let civil = moment.civil();
        let unix = |unit: i128| Value::int64(i64::try_from(moment.to_nanoseconds().div_euclid(unit)).unwrap_or(0));
        Some(match name {
            "Year" => Value::int(civil.year),
            "Month" => Named::month(civil.month.number(), civil.month.to_string()),
            "Day" => Value::int(civil.day.into()),
            "Hour" => Value::int(civil.hour.into()),
            "Minute" => Value::int(civil.minute.into()),
            "Second" => Value::int(civil.second.into()),
            "Nanosecond" => Value::int(moment.nanoseconds.into()),
            "YearDay" => Value::int(civil.year_day.into()),
            "Weekday" => Named::weekday(civil.weekday.number(), civil.weekday.to_string()),
            "Unix" => Value::int64(moment.seconds),
            "UnixMilli" => unix(1_000_000),
            "UnixMicro" => unix(1_000),
            "UnixNano" => unix(1),
            "IsZero" => moment.is_zero().into(),
            "UTC" => self.with(moment.at_zone(Zone::utc())),
            "Local" => self.with(moment.at_zone(self.local.clone())),
            "String" => self.display().into(),
            "GoString" => self.written_in_go().into(),
            "MarshalText" => bytes(&moment.to_rfc3339()),
            "MarshalJSON" => bytes(&format!("\"{}\"", moment.to_rfc3339())),
            _ => return None,
        })
    }

    /// Go's `GoString`.
    fn written_in_go(&self) -> String {
        let (moment, civil) = (&self.moment, self.moment.civil());
        let Civil { year, day, hour, minute, second, .. } = civil;
        let zone = match &moment.zone {
            zone if zone.is_local() => "Local".to_owned(),
            zone if zone.is_utc() => "UTC".to_owned(),
            zone => format!("Location({})", quote(zone.name().as_bytes(), Charset::Unicode)),
        };
        let nanoseconds = moment.nanoseconds;
        let month = civil.month;
        format!("time.Date({year}, time.{month}, {day}, {hour}, {minute}, {second}, {nanoseconds}, time.{zone})")
    }

    fn compared(&self, name: &str, other: &Self) -> Option<Value> {
        let (ours, theirs) = (&self.moment, &other.moment);
        Some(match name {
            "After" => (ours > theirs).into(),
            "Before" => (ours < theirs).into(),
            "Equal" => (ours == theirs).into(),
            "Compare" => Value::int(i64::from(ours > theirs) - i64::from(ours < theirs)),
            "Sub" => Named::duration(ours.since(theirs)),
            _ => return None,
        })
    }

    /// Rounds or truncates to a multiple since the zero time.
    fn to_multiple(&self, unit: Duration, rounds: bool) -> Value {
        if unit.0 <= 0 {
            return self.with(self.moment.clone());
        }
        let since_zero = self.moment.to_nanoseconds() - Moment::zero().to_nanoseconds();
        let rest = since_zero.rem_euclid(i128::from(unit.0));
        let up = if rounds && rest * 2 >= i128::from(unit.0) { i128::from(unit.0) } else { 0 };
        self.with(Moment::from_nanoseconds(self.moment.to_nanoseconds() - rest + up, self.moment.zone.clone()))
    }
}

impl Object for GoTime {
    fn type_name(&self) -> &'static str {
        TIME
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let params = match name {
            "Format" => vec![Type::String],
            "Add" | "Round" | "Truncate" => vec![Type::Named(DURATION)],
            "AddDate" => vec![Type::Int(IntKind::Int); 3],
            "After" | "Before" | "Equal" | "Compare" | "Sub" => vec![Type::Named(TIME)],
            _ => {
                self.read(name)?;
                vec![]
            }
        };
        Some(Signature { params, variadic: None })
    }

    fn call(&self, name: &str, args: &[Traced]) -> Result<Value, String> {
        let values: Vec<&Value> = args.iter().map(|arg| &arg.value).collect();
        let found = match (name, values.as_slice()) {
            (_, []) => self.read(name),
            ("Format", [Value::String(layout)]) => Some(Value::String(self.moment.format(layout.as_bytes()).into())),
            ("AddDate", [Value::Int(years, _), Value::Int(months, _), Value::Int(days, _)]) => {
                Some(self.with(self.moment.plus_date(*years, *months, *days)))
            }
            ("Add", [duration]) => duration_of(duration).map(|duration| self.with(self.moment.plus(duration))),
            ("Round", [duration]) => duration_of(duration).map(|duration| self.to_multiple(duration, true)),
            ("Truncate", [duration]) => duration_of(duration).map(|duration| self.to_multiple(duration, false)),
            (_, [other]) => as_time(other).and_then(|other| self.compared(name, other)),
            _ => None,
        };
        found.ok_or_else(|| format!("no method {name}"))
    }

    fn display(&self) -> String {
        let written = self.moment.format(b"2006-01-02 15:04:05.999999999 -0700 MST");
        String::from_utf8_lossy(&written).into_owned()
    }

    fn go_string(&self) -> Option<String> {
        Some(self.written_in_go())
    }

    fn to_plain(&self) -> Option<Value> {
        Some(self.moment.to_rfc3339().into())
    }

    fn native(&self) -> Native {
        Native::Moment(self.moment.clone())
    }

    fn uncallable(&self, name: &str) -> Option<String> {
        match name {
            "Date" | "Clock" => Some(format!("function {name} has 3 return values; should be 1 or 2")),
            "Zone" | "ISOWeek" => Some(second_result(name, "int")),
            "ZoneBounds" => Some(second_result(name, TIME)),
            _ => None,
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A text as Go's bytes.
pub(super) fn bytes(text: &str) -> Value {
    let items = text.bytes().map(|byte| Value::Uint(byte.into(), UintKind::Uint8).into()).collect();
    List::of(ListKind::Byte, items).into()
}

/// Go's words about a method with a second result that is no error.
fn second_result(name: &str, ty: &str) -> String {
    format!("invalid function signature for {name}: second return value should be error; is {ty}")
}

/// A number with a name: `time.Month`, `time.Weekday`, `time.Duration`.
#[derive(Clone, Debug)]
struct Named {
    type_name: &'static str,
    kind: IntKind,
    number: i64,
    name: String,
}

impl Named {
    fn month(number: u8, name: String) -> Value {
        Value::Object(Rc::new(Self { type_name: "time.Month", kind: IntKind::Int, number: number.into(), name }))
    }

    fn weekday(number: u8, name: String) -> Value {
        Value::Object(Rc::new(Self { type_name: "time.Weekday", kind: IntKind::Int, number: number.into(), name }))
    }

    fn duration(duration: Duration) -> Value {
        let name = duration.to_string();
        Value::Object(Rc::new(Self { type_name: DURATION, kind: IntKind::Int64, number: duration.0, name }))
    }

    /// A duration in larger units, with its fraction.
    #[allow(clippy::cast_precision_loss)] // as in Go
    fn in_units(&self, unit: i64) -> Value {
        let (whole, rest) = (self.number / unit, self.number % unit);
        Value::Float(whole as f64 + rest as f64 / unit as f64)
    }

    fn read(&self, name: &str) -> Option<Value> {
        if name == "String" {
            return Some(self.name.as_str().into());
        }
        if self.type_name != DURATION {
            return None;
        }
        Some(match name {
            "Hours" => self.in_units(3_600_000_000_000),
            "Minutes" => self.in_units(60_000_000_000),
            "Seconds" => self.in_units(1_000_000_000),
            "Milliseconds" => Value::int64(self.number / 1_000_000),
            "Microseconds" => Value::int64(self.number / 1_000),
            "Nanoseconds" => Value::int64(self.number),
            "Abs" => Self::duration(Duration(self.number.checked_abs().unwrap_or(i64::MAX))),
            _ => return None,
        })
    }
}

impl Object for Named {
    fn type_name(&self) -> &'static str {
        self.type_name
    }

    fn kind(&self) -> &'static str {
        Type::Int(self.kind).kind()
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let is_rounding = self.type_name == DURATION && matches!(name, "Round" | "Truncate");
        let params = if is_rounding { vec![Type::Named(DURATION)] } else { vec![] };
        (is_rounding || self.read(name).is_some()).then_some(Signature { params, variadic: None })
    }

    fn call(&self, name: &str, args: &[Traced]) -> Result<Value, String> {
        let unit = args.first().and_then(|arg| duration_of(&arg.value));
        let found = match (name, unit) {
            ("Round", Some(unit)) => Some(Self::duration(Duration(self.number).rounded(unit))),
            ("Truncate", Some(unit)) => Some(Self::duration(Duration(self.number).truncated(unit))),
            _ => self.read(name),
        };
        found.ok_or_else(|| format!("no method {name}"))
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Int(self.number, self.kind))
    }

    fn native(&self) -> Native {
        let is_duration = self.type_name == DURATION;
        Native::Value(if is_duration { self.name.as_str().into() } else { Value::Int(self.number, self.kind) })
    }

    fn display(&self) -> String {
        self.name.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
