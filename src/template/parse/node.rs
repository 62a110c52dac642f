//! The nodes of a parsed template. `parse/node.go`.
//!
//! Nodes are plain data below one [`List`] per template; what they are called stands in the text's
//! [`Words`](super::words::Words). Each carries its [`At`]; what it prints as in error messages
//! is made by the module `print` when an error needs it.

use super::words::{Constant, Name, Names};
use crate::template::set::FunctionId;

/// Where a node stands in its text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    /// The node's number in its text.
    pub(crate) id: u32,
    /// The place Go gives for it, which isn't always its first byte.
    pub(crate) pos: u32,
    /// First byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

/// Nodes in order.
pub(crate) struct List {
    pub(crate) at: At,
    pub(crate) nodes: Vec<Node>,
}

/// Text, an action, or a control structure.
pub(crate) enum Node {
    /// Literal text: what its place covers.
    Text(At),
    Action(Box<Action>),
    Branch(Box<Branch>),
    Template(Box<TemplateCall>),
    Break(At),
    Continue(At),
}

/// A pipeline whose result is printed, unless it declares.
pub(crate) struct Action {
    pub(crate) at: At,
    pub(crate) pipe: Pipe,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BranchKind {
    If,
    Range,
    With,
}

/// `if`, `range` or `with`.
pub(crate) struct Branch {
    pub(crate) at: At,
    pub(crate) kind: BranchKind,
    pub(crate) pipe: Pipe,
    pub(crate) list: List,
    pub(crate) else_list: Option<List>,
}

/// `{{template "name" pipeline}}`
pub(crate) struct TemplateCall {
    pub(crate) at: At,
    pub(crate) name: Name,
    pub(crate) pipe: Option<Pipe>,
}

/// What a pipeline does with its variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// `:=`
    Declare,
    /// `=`
    Assign,
}

/// Commands, each fed to the next.
pub(crate) struct Pipe {
    pub(crate) at: At,
    pub(crate) binding: Binding,
    /// The variables it sets; mostly none.
    pub(crate) variables: Names,
    pub(crate) commands: Vec<Command>,
}

/// Operands side by side: a function and its arguments, or one operand alone.
pub(crate) struct Command {
    pub(crate) at: At,
    pub(crate) first: Operand,
    pub(crate) args: Vec<Operand>,
}

/// An element of a command.
pub(crate) enum Operand {
    Bool(At, bool),
    /// `(…).a.b`
    Chain(Box<Chain>),
    Dot(At),
    /// `.a.b`
    Field(At, Names),
    /// A function.
    Identifier(At, FunctionId),
    Nil(At),
    Number(Box<Number>),
    Pipe(Box<Pipe>),
    String(At, Constant),
    /// `$x.a.b`
    Variable(At, Name, Names),
}

/// A term, and the fields read from it.
pub(crate) struct Chain {
    pub(crate) at: At,
    pub(crate) base: Operand,
    pub(crate) fields: Names,
}

/// A numeric constant, under each type that can represent it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Number {
    pub(crate) at: At,
    pub(crate) int: Option<i64>,
    pub(crate) uint: Option<u64>,
    pub(crate) float: Option<f64>,
    pub(crate) complex: Option<(f64, f64)>,
    /// Whether it is written as a floating-point number.
    pub(crate) written_as_float: bool,
}

impl Node {
    pub(crate) fn at(&self) -> At {
        match self {
            Self::Text(at) | Self::Break(at) | Self::Continue(at) => *at,
            Self::Action(action) => action.at,
            Self::Branch(branch) => branch.at,
            Self::Template(call) => call.at,
        }
    }
}

impl Operand {
    pub(crate) fn at(&self) -> At {
        match self {
            Self::Bool(at, _)
            | Self::Dot(at)
            | Self::Field(at, _)
            | Self::Identifier(at, _)
            | Self::Nil(at)
            | Self::String(at, _)
            | Self::Variable(at, ..) => *at,
            Self::Chain(chain) => chain.at,
            Self::Number(number) => number.at,
            Self::Pipe(pipe) => pipe.at,
        }
    }

    /// Whether it can't be a stage of a pipeline, apart from the first.
    pub(crate) fn is_constant(&self) -> bool {
        matches!(self, Self::Bool(..) | Self::Dot(_) | Self::Nil(_) | Self::Number(_) | Self::String(..))
    }
}

impl List {
    /// Whether nothing but space is in it.
    pub(crate) fn is_empty_of(&self, text: &[u8]) -> bool {
        self.nodes.iter().all(|node| match node {
            Node::Text(at) => at.slice(text).trim_ascii().is_empty(),
            _ => false,
        })
    }
}

impl At {
    /// The bytes it covers.
    pub(crate) fn slice(self, text: &[u8]) -> &[u8] {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}
