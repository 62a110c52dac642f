//! Arguments of a call that no template of ours makes: Go's checks, without a node to blame.

use super::call::Function;
use super::eval::{as_kind, truncated, truncated_unsigned};
use super::fault::Fault;
use super::reflect::{can_be_nil, dynamic_name, is_assignable};
use crate::value::{Signature, Traced, Type, Value};

impl Function {
    /// The arguments as the function takes them. Numbers pass as any type of number that can hold them, as constants do.
    pub fn accept(&self, args: Vec<Traced>) -> Result<Vec<Traced>, Fault> {
        accept(self.name, &self.signature, args)
    }
}

/// The arguments as a function or method takes them.
pub fn accept(name: &str, signature: &Signature, args: Vec<Traced>) -> Result<Vec<Traced>, Fault> {
    let (want, got) = (signature.params.len(), args.len());
    if signature.variadic.is_some() && got < want {
        return Err(Fault::TooFew { function: name.into(), want, got });
    }
    if signature.variadic.is_none() && got != want {
        return Err(Fault::WrongCount { function: name.into(), want, got });
    }
    let ty = |index| signature.params.get(index).copied().or(signature.variadic).unwrap_or(Type::Any);
    args.into_iter().enumerate().map(|(index, arg)| argument(arg, ty(index))).collect()
}

fn argument(arg: Traced, ty: Type) -> Result<Traced, Fault> {
    let Traced { value, reads } = arg;
    let value = match (value, ty) {
        (value, Type::Any | Type::Reflect) => value,
        (Value::Int(n, _), Type::Int(kind)) => Value::Int(truncated(n, kind), kind),
        (Value::Int(n, _), Type::Uint(kind)) if n >= 0 => Value::Uint(truncated_unsigned(n.unsigned_abs(), kind), kind),
        #[allow(clippy::cast_precision_loss)]
        (Value::Int(n, _), Type::Float64) => Value::Float(n as f64),
        (value, ty) => match value.ty() {
            Some(from) if is_assignable(from, ty) => as_kind(value, ty),
            Some(from) => return Err(Fault::WrongType { expected: ty, got: dynamic_name(from) }),
            None if can_be_nil(ty) => value,
            None => return Err(Fault::InvalidValue(ty)),
        },
    };
    Ok(Traced { value, reads })
}
