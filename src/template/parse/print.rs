//! Nodes as Go prints them: what error messages show between `<` and `>`.

use std::fmt::Write;

use super::node::{At, Binding, Branch, BranchKind, Command, List, Node, Operand, Pipe};
use super::words::{Names, Words};
use crate::value::format::quoted;

/// An operand.
pub(crate) fn operand(operand: &Operand, text: &[u8], words: &Words) -> String {
    let mut printer = Printer { text, words, out: String::new() };
    printer.operand(operand);
    printer.out
}

/// The node with this number.
pub(crate) fn by_id(root: &List, text: &[u8], words: &Words, id: u32) -> Option<String> {
    let mut printer = Printer { text, words, out: String::new() };
    let found = Finder { id }.list(root)?;
    match found {
        Found::Node(node) => printer.node(node),
        Found::List(list) => printer.list(list),
        Found::Pipe(pipe) => printer.pipe(pipe),
        Found::Command(command) => printer.command(command),
        Found::Operand(operand) => printer.operand(operand),
    }
    Some(printer.out)
}

enum Found<'t> {
    Node(&'t Node),
    List(&'t List),
    Pipe(&'t Pipe),
    Command(&'t Command),
    Operand(&'t Operand),
}

struct Finder {
    id: u32,
}

impl Finder {
    fn is(&self, at: At) -> bool {
        at.id == self.id
    }

    fn list<'t>(&self, list: &'t List) -> Option<Found<'t>> {
        if self.is(list.at) {
            return Some(Found::List(list));
        }
        list.nodes.iter().find_map(|node| self.node(node))
    }

    fn node<'t>(&self, node: &'t Node) -> Option<Found<'t>> {
        if self.is(node.at()) {
            return Some(Found::Node(node));
        }
        match node {
            Node::Action(action) => self.pipe(&action.pipe),
            Node::Branch(branch) => self
                .pipe(&branch.pipe)
                .or_else(|| self.list(&branch.list))
                .or_else(|| branch.else_list.as_ref().and_then(|list| self.list(list))),
            Node::Template(call) => call.pipe.as_ref().and_then(|pipe| self.pipe(pipe)),
            Node::Text(_) | Node::Break(_) | Node::Continue(_) => None,
        }
    }

    fn pipe<'t>(&self, pipe: &'t Pipe) -> Option<Found<'t>> {
        if self.is(pipe.at) {
            return Some(Found::Pipe(pipe));
        }
        pipe.commands.iter().find_map(|command| {
            if self.is(command.at) {
                return Some(Found::Command(command));
            }
            std::iter::once(&command.first).chain(&command.args).find_map(|operand| self.operand(operand))
        })
    }

    fn operand<'t>(&self, operand: &'t Operand) -> Option<Found<'t>> {
        if self.is(operand.at()) {
            return Some(match operand {
                Operand::Pipe(pipe) => Found::Pipe(pipe),
                operand => Found::Operand(operand),
            });
        }
        match operand {
            Operand::Pipe(pipe) => self.pipe(pipe),
            Operand::Chain(chain) => self.operand(&chain.base),
            _ => None,
        }
    }
}

struct Printer<'t> {
    text: &'t [u8],
    words: &'t Words,
    out: String,
}

impl Printer<'_> {
    fn source(&mut self, at: At) {
        self.out.push_str(&String::from_utf8_lossy(at.slice(self.text)));
    }

    fn list(&mut self, list: &List) {
        for node in &list.nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(at) => self.source(*at),
            Node::Action(action) => {
                self.out.push_str("{{");
                self.pipe(&action.pipe);
                self.out.push_str("}}");
            }
            Node::Branch(branch) => self.branch(branch),
            Node::Template(call) => {
                let _ = write!(self.out, "{{{{template {}", quoted(self.words.name(call.name).as_bytes()));
                if let Some(pipe) = &call.pipe {
                    self.out.push(' ');
                    self.pipe(pipe);
                }
                self.out.push_str("}}");
            }
            Node::Break(_) => self.out.push_str("{{break}}"),
            Node::Continue(_) => self.out.push_str("{{continue}}"),
        }
    }

    fn branch(&mut self, branch: &Branch) {
        self.out.push_str(match branch.kind {
            BranchKind::If => "{{if ",
            BranchKind::Range => "{{range ",
            BranchKind::With => "{{with ",
        });
        self.pipe(&branch.pipe);
        self.out.push_str("}}");
        self.list(&branch.list);
        if let Some(list) = &branch.else_list {
            self.out.push_str("{{else}}");
            self.list(list);
        }
        self.out.push_str("{{end}}");
    }

    fn pipe(&mut self, pipe: &Pipe) {
        if !pipe.variables.is_empty() {
            for (index, name) in self.words.row(pipe.variables).iter().enumerate() {
                self.out.push_str(if index > 0 { ", " } else { "" });
                self.out.push_str(self.words.name(*name));
            }
            self.out.push_str(match pipe.binding {
                Binding::Declare => " := ",
                Binding::Assign => " = ",
            });
        }
        for (index, command) in pipe.commands.iter().enumerate() {
            if index > 0 {
                self.out.push_str(" | ");
            }
            self.command(command);
        }
    }

    fn command(&mut self, command: &Command) {
        self.in_parens(&command.first);
        for arg in &command.args {
            self.out.push(' ');
            self.in_parens(arg);
        }
    }

    /// An operand inside another node: pipelines stand in parentheses there.
    fn in_parens(&mut self, operand: &Operand) {
        if let Operand::Pipe(pipe) = operand {
            self.out.push('(');
            self.pipe(pipe);
            self.out.push(')');
        } else {
            self.operand(operand);
        }
    }

    fn operand(&mut self, operand: &Operand) {
        match operand {
            Operand::Bool(_, value) => {
                let _ = write!(self.out, "{value}");
            }
            Operand::Chain(chain) => {
                self.in_parens(&chain.base);
                self.fields(chain.fields);
            }
            Operand::Dot(_) => self.out.push('.'),
            Operand::Field(_, names) => self.fields(*names),
            Operand::Nil(_) => self.out.push_str("nil"),
            Operand::Number(number) => self.source(number.at),
            Operand::Pipe(pipe) => self.pipe(pipe),
            Operand::Identifier(at, _) | Operand::String(at, _) => self.source(*at),
            Operand::Variable(_, name, fields) => {
                self.out.push_str(self.words.name(*name));
                self.fields(*fields);
            }
        }
    }

    fn fields(&mut self, names: Names) {
        for name in self.words.row(names) {
            self.out.push('.');
            self.out.push_str(self.words.name(*name));
        }
    }
}
