//! Sprig's [semantic version functions](https://masterminds.github.io/sprig/semver.html).

use std::any::Any;
use std::rc::Rc;

use super::moment::bytes;
use crate::helm::Helm;
use crate::semver::{Constraints, Version};
use crate::template::{CallError, Context, Function};
use crate::value::{IntKind, Native, Object, Signature, Text, Traced, Type, UintKind, Value};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("semver", semver)
            .doc("A text as a version, with `.Major`, `.Minor`, `.Patch`, `.Prerelease` and `.Metadata`.")
            .example("{{ (semver \"1.2.3-alpha.1\").Minor }}", "2"),
        Function::new("semverCompare", semver_compare)
            .doc("Whether a version satisfies a constraint.")
            .example("{{ semverCompare \"^1.2.0\" \"1.3.0\" }}", "true"),
    ]
}

fn semver(cx: &mut dyn Context, text: Text) -> Result<Value, CallError> {
    let helm = cx.helm();
    let version = Version::parse(&text.to_str()).map_err(|error| error.in_words_of(helm))?;
    Ok(Value::Object(Rc::new(GoVersion { version, kind: Kind::Pointer, helm })))
}

fn semver_compare(cx: &mut dyn Context, constraint: Text, version: Text) -> Result<bool, CallError> {
    let helm = cx.helm();
    let constraints = Constraints::parse(&constraint.to_str()).map_err(|error| error.in_words_of(helm))?;
    let version = Version::parse(&version.to_str()).map_err(|error| error.in_words_of(helm))?;
    Ok(constraints.check(&version, helm))
}

/// Whether Go has the version itself or a pointer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pointer,
    Struct,
}

/// A version as templates see it.
#[derive(Clone, Debug)]
struct GoVersion {
    version: Version,
    kind: Kind,
    helm: Helm,
}

const POINTER: &str = "*semver.Version";

impl GoVersion {
    fn uint(n: u64) -> Value {
        Value::Uint(n, UintKind::Uint64)
    }

    fn incremented(&self, next: Option<Version>) -> Value {
        // Go's numbers wrap around; nobody has a version that large.
        let version = next.unwrap_or_else(|| self.version.clone());
        Value::Object(Rc::new(Self { version, kind: Kind::Struct, helm: self.helm }))
    }

    fn compared(&self, name: &str, other: &Version) -> Option<Value> {
        let order = self.version.cmp(other);
        Some(match name {
            "Compare" => Value::Int(order as i64, IntKind::Int),
            "Equal" => order.is_eq().into(),
            "LessThan" => order.is_lt().into(),
            "LessThanEqual" => order.is_le().into(),
            "GreaterThan" => order.is_gt().into(),
            "GreaterThanEqual" => order.is_ge().into(),
            _ => return None,
        })
    }

    fn read(&self, name: &str) -> Option<Value> {
        let version = &self.version;
        Some(match name {
            "MarshalText" => bytes(&version.to_string()),
            "MarshalJSON" => bytes(&format!("\"{version}\"")),
            "Major" => Self::uint(version.major()),
            "Minor" => Self::uint(version.minor()),
            "Patch" => Self::uint(version.patch()),
            "Prerelease" => version.prerelease().into(),
            "Metadata" => version.metadata().into(),
            "Original" => version.original().into(),
            "String" | "Value" => version.to_string().into(),
            "IncMajor" => self.incremented(version.inc_major()),
            "IncMinor" => self.incremented(version.inc_minor()),
            "IncPatch" => self.incremented(version.inc_patch()),
            _ => return None,
        })
    }

    /// The version with another pre-release or other metadata.
    fn replaced(&self, name: &str, text: &str) -> Option<Result<Value, String>> {
        let version = &self.version;
        let core = format!("{}.{}.{}", version.major(), version.minor(), version.patch());
        let (prerelease, metadata, error) = match name {
            "SetPrerelease" => (text, version.metadata(), ("invalid prerelease string", "Invalid Prerelease string")),
            "SetMetadata" => (version.prerelease(), text, ("invalid metadata string", "Invalid Metadata string")),
            _ => return None,
        };
        let prerelease = if prerelease.is_empty() { String::new() } else { format!("-{prerelease}") };
        let metadata = if metadata.is_empty() { String::new() } else { format!("+{metadata}") };
        let changed = Version::parse(&format!("{core}{prerelease}{metadata}"))
            .map_err(|_| if self.helm.is_three() { error.1 } else { error.0 }.to_owned());
        Some(changed.map(|version| Value::Object(Rc::new(Self { version, kind: Kind::Struct, helm: self.helm }))))
    }
}

impl Object for GoVersion {
    fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Pointer => POINTER,
            Kind::Struct => "semver.Version",
        }
    }

    fn method(&self, name: &str) -> Option<Signature> {
        let params = match name {
            "Major" | "Minor" | "Patch" | "Prerelease" | "Metadata" | "String" | "IncMajor" | "IncMinor"
            | "IncPatch" | "MarshalText" | "MarshalJSON" | "Value" => vec![],
            "SetPrerelease" | "SetMetadata" => vec![Type::String],
            // The rest are methods of the pointer.
            _ if self.kind == Kind::Struct => return None,
            "Original" => vec![],
            "Compare" | "Equal" | "LessThan" | "LessThanEqual" | "GreaterThan" | "GreaterThanEqual" => {
                vec![Type::Named(POINTER)]
            }
            _ => return None,
        };
        Some(Signature { params, variadic: None })
    }

    fn call(&self, name: &str, args: &[Traced]) -> Result<Value, String> {
        let argument = args.first().map(|arg| &arg.value);
        let found = match argument {
            None => self.read(name),
            Some(Value::String(text)) => return self.replaced(name, &text.to_str()).unwrap_or(Ok(Value::Nil)),
            Some(Value::Object(object)) => {
                let other = object.as_any().downcast_ref::<Self>();
                other.and_then(|other| self.compared(name, &other.version))
            }
            Some(_) => None,
        };
        found.ok_or_else(|| format!("no method {name}"))
    }

    fn is_stringer(&self) -> bool {
        true
    }

    fn struct_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let version = &self.version;
        let numbers = [("major", version.major()), ("minor", version.minor()), ("patch", version.patch())];
        let texts = [("pre", version.prerelease()), ("metadata", version.metadata()), ("original", version.original())];
        let numbers = numbers.map(|(name, number)| (name, Self::uint(number)));
        Some(numbers.into_iter().chain(texts.map(|(name, text)| (name, text.into()))).collect())
    }

    fn display(&self) -> String {
        self.version.to_string()
    }

    fn to_plain(&self) -> Option<Value> {
        Some(self.version.to_string().into())
    }

    fn native(&self) -> Native {
        Native::Value(self.version.to_string().into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
