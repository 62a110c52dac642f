//! `range`.

use super::call::reads_of;
use super::exec::{Exec, Flow, Run};
use super::fault::Fault;
use super::origin::entry_reads;
use super::parse::node::{Binding, Branch};
use super::reflect::{Form, Reflect, list_form, map_form};
use crate::source::{FrameId, FrameKind, ReadsId};
use crate::value::{List, Map, Text, Value, format};

/// One turn of a loop.
struct Turn {
    number: usize,
    index: Reflect,
    elem: Reflect,
}

impl Run<'_, '_> {
    pub(super) fn walk_range(&mut self, dot: &Reflect, branch: &Branch) -> Exec<Flow> {
        self.action = branch.pipe.at;
        let ranged = self.eval_pipeline(dot, &branch.pipe)?;
        let value = match &ranged.value {
            Value::Object(object) => object.underlying().unwrap_or_else(|| ranged.value.clone()),
            value => value.clone(),
        };
        let (frame, variables) = (self.frame, self.variables.len());
        let condition = reads_of(&mut self.shared.trace, &value, ranged.reads);
        let outer = Outer { frame, variables, reads: ranged.reads, condition, value: value.clone() };
        let turns = match &value {
            Value::Nil => 0,
            Value::List(list) => self.range_list(branch, &outer, list)?,
            Value::Map(map) => self.range_map(branch, &outer, map)?,
            Value::Int(..) | Value::Uint(..) if !self.set.functions().helm().is_three() => {
                self.range_int(branch, &outer, &value)?
            }
            other => {
                // Go follows a pointer before it looks.
                let shown = lossy(other);
                let is_pointer = |value: &Value| matches!(value, Value::Object(it) if it.type_name().starts_with('*'));
                let pointee = shown.strip_prefix('&').filter(|_| is_pointer(other));
                return Err(self.fault(Fault::CantRange(pointee.unwrap_or(&shown).to_owned())));
            }
        };
        self.frame = outer.frame;
        if turns == 0 {
            self.skip(branch.list.at, branch.pipe.at, outer.condition);
            return match &branch.else_list {
                Some(list) => {
                    self.stand_in(FrameKind::RangeElse, branch.pipe.at, outer.condition, &value);
                    self.walk_list(dot, list)
                }
                None => Ok(Flow::Next),
            };
        }
        if let Some(list) = &branch.else_list {
            self.skip(list.at, branch.pipe.at, outer.condition);
        }
        Ok(Flow::Next)
    }

    fn range_list(&mut self, branch: &Branch, outer: &Outer, list: &List) -> Exec<usize> {
        let form = list_form(list.kind());
        for (number, item) in list.items().iter().enumerate() {
            let reads = entry_reads(item.reads, outer.reads);
            let index = Value::int(i64::try_from(number).unwrap_or(i64::MAX));
            let index = Reflect { value: index, reads: self.shared.trace.names(outer.reads), form: Form::Concrete };
            let elem = Reflect { value: item.value.clone(), reads, form };
            if self.turn(branch, outer, Turn { number, index, elem })? == Flow::Break {
                break;
            }
        }
        Ok(list.len())
    }

    fn range_map(&mut self, branch: &Branch, outer: &Outer, map: &Map) -> Exec<usize> {
        let form = map_form(map.kind());
        let entries = map.entries();
        let count = entries.len();
        for (number, (key, entry)) in entries.into_iter().enumerate() {
            let reads = entry_reads(entry.reads, outer.reads);
            let named = self.shared.trace.names(reads);
            let index = Reflect { value: Text::from(&*key).into(), reads: named, form: Form::Concrete };
            let elem = Reflect { value: entry.value, reads, form };
            if self.turn(branch, outer, Turn { number, index, elem })? == Flow::Break {
                break;
            }
        }
        Ok(count)
    }

    fn range_int(&mut self, branch: &Branch, outer: &Outer, value: &Value) -> Exec<usize> {
        if branch.pipe.variables.len() > 1 {
            return Err(self.fault(Fault::RangeVariables(lossy(value))));
        }
        let count = match value {
            Value::Int(n, _) => u64::try_from(*n).unwrap_or(0),
            Value::Uint(n, _) => *n,
            _ => 0,
        };
        // How many turns there are follows from the number; which number each has doesn't.
        let reads = self.shared.trace.names(outer.reads);
        for n in 0..count {
            let elem = match value {
                Value::Uint(_, kind) => Value::Uint(n, *kind),
                Value::Int(_, kind) => Value::Int(n.cast_signed(), *kind),
                _ => break,
            };
            let elem = Reflect { value: elem, reads, form: Form::Concrete };
            let number = usize::try_from(n).unwrap_or(usize::MAX);
            if self.turn(branch, outer, Turn { number, index: Reflect::default(), elem })? == Flow::Break {
                break;
            }
        }
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn turn(&mut self, branch: &Branch, outer: &Outer, turn: Turn) -> Exec<Flow> {
        self.step()?;
        let Turn { number, index, elem } = turn;
        let pipe = &branch.pipe;
        let words = self.words();
        match (words.row(pipe.variables), pipe.binding) {
            ([only], Binding::Assign) => self.assign(words.name(*only), elem.clone())?,
            ([first, second], Binding::Assign) => {
                self.assign(words.name(*first), index)?;
                self.assign(words.name(*second), elem.clone())?;
            }
            ([_], Binding::Declare) => self.set_top(1, elem.clone()),
            ([_, _], Binding::Declare) => {
                self.set_top(1, elem.clone());
                self.set_top(2, index);
            }
            _ => {}
        }
        self.frame = outer.frame;
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.stand_in(FrameKind::Range(number), pipe.at, outer.condition, &outer.value);
        let flow = self.walk_list(&elem, &branch.list)?;
        self.variables.truncate(outer.variables);
        Ok(flow)
    }

    /// Overwrites the variable that was declared last, or the one before it.
    fn set_top(&mut self, nth: usize, value: Reflect) {
        let index = self.variables.len().checked_sub(nth);
        if let Some(variable) = index.and_then(|index| self.variables.get_mut(index)) {
            variable.value = value;
        }
    }
}

/// What each turn begins with.
struct Outer {
    frame: FrameId,
    variables: usize,
    reads: ReadsId,
    /// What it was read from, its items included.
    condition: ReadsId,
    /// What is ranged over.
    value: Value,
}

fn lossy(value: &Value) -> String {
    String::from_utf8_lossy(&format::display(value)).into_owned()
}
