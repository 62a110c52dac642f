//! Fields: entries of maps, fields and methods of objects.

use std::rc::Rc;

use super::eval::{Args, Callee};
use super::exec::{Exec, Run};
use super::fault::Fault;
use super::origin::{entry_reads, field_reads, missing_reads};
use super::parse::node::At;
use super::parse::words::Names;
use super::reflect::{Form, Reflect, map_form, missing_element};
use crate::value::{Map, MapKind, Object, Value};

impl Run<'_, '_> {
    /// `.x.y.z`, from `receiver` on. The last one gets the arguments.
    pub(super) fn eval_field_chain(
        &mut self,
        dot: &Reflect,
        receiver: &Reflect,
        at: At,
        names: Names,
        args: Args<'_>,
    ) -> Exec<Reflect> {
        let words = self.words();
        let Some((last, before)) = words.row(names).split_last() else { return Ok(receiver.clone()) };
        let last = words.name(*last);
        let Some((first, rest)) = before.split_first() else {
            return self.eval_field(dot, receiver, at, last, args);
        };
        let mut value = self.eval_field(dot, receiver, at, words.name(*first), Args::NONE)?;
        for name in rest {
            value = self.eval_field(dot, &value, at, words.name(*name), Args::NONE)?;
        }
        self.eval_field(dot, &value, at, last, args)
    }

    fn eval_field(
        &mut self,
        dot: &Reflect,
        receiver: &Reflect,
        at: At,
        name: &Rc<str>,
        args: Args<'_>,
    ) -> Exec<Reflect> {
        match &receiver.value {
            Value::Nil if receiver.form == Form::Interface => Err(self.fault(Fault::NilPointer(Rc::clone(name)))),
            Value::Nil => Ok(Reflect::default()),
            Value::Map(map) if matches!(map.kind(), MapKind::Values(_)) => {
                self.eval_values_field(dot, map, receiver, at, name, args)
            }
            Value::Map(map) => self.eval_entry(map, receiver, name, &args),
            Value::Object(object) => self.eval_object_field(dot, receiver, object, at, name, args),
            _ => Err(self.no_field(receiver, name)),
        }
    }

    fn eval_values_field(
        &mut self,
        dot: &Reflect,
        map: &Map,
        receiver: &Reflect,
        at: At,
        name: &Rc<str>,
        args: Args<'_>,
    ) -> Exec<Reflect> {
        let functions = Rc::clone(self.set.functions());
        match functions.values_method(name) {
            Some(method) => self.eval_call(dot, &Callee::ValuesMethod { method, receiver }, at, args),
            None => self.eval_entry(map, receiver, name, &args),
        }
    }

    fn eval_entry(&mut self, map: &Map, receiver: &Reflect, name: &Rc<str>, args: &Args<'_>) -> Exec<Reflect> {
        if args.are_given() {
            return Err(self.fault(Fault::NotAMethod(Rc::clone(name))));
        }
        if let Some(entry) = map.get(name) {
            let reads = entry_reads(entry.reads, receiver.reads);
            self.note_read(reads);
            return Ok(Reflect { value: entry.value, reads, form: map_form(map.kind()) });
        }
        let reads = missing_reads(&mut self.shared.trace, receiver.reads, map, name);
        self.note_read(reads);
        Ok(Reflect { reads, ..missing_element(map.kind()) })
    }

    fn eval_object_field(
        &mut self,
        dot: &Reflect,
        receiver: &Reflect,
        object: &Rc<dyn Object>,
        at: At,
        name: &Rc<str>,
        args: Args<'_>,
    ) -> Exec<Reflect> {
        if let Some(signature) = object.method(name) {
            let callee = Callee::Method { object, reads: receiver.reads, name, signature: &signature };
            return self.eval_call(dot, &callee, at, args);
        }
        if let Some(why) = object.uncallable(name) {
            return Err(self.fault(Fault::WrongResults(why)));
        }
        if let Some(Value::Map(map)) = object.underlying() {
            return self.eval_entry(&map, receiver, name, &args);
        }
        let Some(value) = object.field(name) else {
            let is_hidden = object.struct_fields().is_some_and(|fields| fields.iter().any(|(own, _)| **own == **name));
            return Err(if is_hidden {
                self.fault(Fault::Unexported { field: Rc::clone(name), ty: receiver.type_name() })
            } else {
                self.no_field(receiver, name)
            });
        };
        if args.are_given() {
            return Err(self.fault(Fault::NotInvocable(Rc::clone(name))));
        }
        let form = if value.is_nil() { Form::Interface } else { Form::Concrete };
        let reads = field_reads(&mut self.shared.trace, receiver.reads, name);
        let reads = if object.is_drawn(name) { self.shared.trace.decides(reads) } else { reads };
        Ok(Reflect { value, reads, form })
    }

    #[cold]
    fn no_field(&self, receiver: &Reflect, name: &Rc<str>) -> Box<super::ExecError> {
        self.fault(Fault::NoField { field: Rc::clone(name), ty: receiver.type_name() })
    }
}
