//! The schemas in a `CustomResourceDefinition`: of `apiextensions.k8s.io/v1`, whose schemas say all there is to a kind. A
//! definition of the older version makes its kinds known, and nothing of them is checked.

use std::rc::Rc;

use super::{DEEPEST, Fields, Property, Type};
use crate::kube::{Field, GroupVersionKind, Object};

/// The kinds that an object defines, one for each version that is served.
pub(super) fn kinds(object: &Object, metadata: &Type) -> Vec<(GroupVersionKind, Type)> {
    if !object.gvk().is("apiextensions.k8s.io", "CustomResourceDefinition") {
        return Vec::new();
    }
    let spec = object.spec();
    let (group, kind) = (spec.get("group").string(), spec.at("names.kind").string());
    let (Some(group), Some(kind)) = (group, kind) else { return Vec::new() };
    let is_current = object.gvk().version == "v1";
    let version = |field: &Field| Some((field.get("name").string()?, field.at("schema.openAPIV3Schema")));
    let mut versions: Vec<_> = spec.get("versions").items().iter().filter_map(version).collect();
    if let Some(name) = spec.get("version").string().filter(|_| !is_current) {
        versions.push((name, Field::new(object.root().path().clone(), crate::value::Value::Nil)));
    }
    let kinds = versions.into_iter().map(|(version, schema)| {
        let gvk = GroupVersionKind { group: group.clone(), version, kind: kind.clone() };
        let kind = if is_current && schema.is_present() { root(&schema, metadata) } else { Type::Any };
        (gvk, kind)
    });
    kinds.collect()
}

/// The schema of a whole object, whose head is that of all objects, whatever the schema says.
fn root(schema: &Field, metadata: &Type) -> Type {
    let Type::Object(fields) = read(schema, 0) else { return Type::Any };
    let mut fields = Rc::unwrap_or_clone(fields);
    fields.list.retain(|property| !HEAD.contains(&&*property.name));
    let head = [Type::String, Type::String, metadata.clone(), Type::Any];
    fields.list.extend(HEAD.iter().zip(head).map(|(name, kind)| Property::new(name, kind)));
    fields.list.sort_by(|a, b| a.name.cmp(&b.name));
    Type::Object(Rc::new(fields))
}

const HEAD: [&str; 4] = ["apiVersion", "kind", "metadata", "status"];

fn read(schema: &Field, depth: usize) -> Type {
    let is_free = schema.get("x-kubernetes-preserve-unknown-fields").is_true();
    if depth > DEEPEST || schema.get("x-kubernetes-embedded-resource").is_true() {
        return Type::Any;
    }
    if schema.get("x-kubernetes-int-or-string").is_true() {
        return Type::IntOrString;
    }
    match schema.get("type").string().as_deref() {
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Bool,
        Some("array") => Type::List(Rc::new(read(&schema.get("items"), depth + 1))),
        Some("object") => object(schema, is_free, depth),
        _ => Type::Any,
    }
}

fn object(schema: &Field, is_free: bool, depth: usize) -> Type {
    let entries = schema.get("additionalProperties");
    let properties = schema.get("properties");
    if entries.value().as_map().is_some() && !properties.is_present() {
        return Type::Map(Rc::new(read(&entries, depth + 1)));
    }
    let required: Vec<String> = schema.get("required").items().iter().filter_map(Field::string).collect();
    let list = properties.entries().into_iter().map(|(name, schema)| property(&name, &schema, &required, depth));
    let mut list: Vec<Property> = list.collect();
    list.sort_by(|a, b| a.name.cmp(&b.name));
    Type::Object(Rc::new(Fields { list, is_open: is_free || entries.is_true() }))
}

fn property(name: &str, schema: &Field, required: &[String], depth: usize) -> Property {
    // What is missing and has a default is filled in before anything is asked for.
    let has_default = schema.get("default").is_present();
    let texts = |list: Field| list.items().iter().filter_map(Field::string).map(Rc::from).collect::<Vec<Rc<str>>>();
    let is_map = schema.get("x-kubernetes-list-type").is("map");
    let of_texts = if schema.get("type").is("array") { schema.get("items") } else { schema.clone() };
    Property {
        is_required: !has_default && required.iter().any(|required| required == name),
        keys: if is_map { texts(schema.get("x-kubernetes-list-map-keys")) } else { Vec::new() },
        words: if of_texts.get("type").is("string") { texts(of_texts.get("enum")) } else { Vec::new() },
        ..Property::new(name, read(schema, depth + 1))
    }
}
