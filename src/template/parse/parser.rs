//! The parser: texts, actions and control structures. `parse/parse.go`. Pipelines are read in `pipeline`.
//!
//! On purpose, parentheses and blocks nest less deep here than in Go, whose stacks grow.

use super::Tree;
use super::error::ParseErrorKind;
use super::lex::{LexOptions, Lexer, lines_of_comments};
use super::node::{Action, At, Branch, BranchKind, Command, List, Node, Operand, Pipe, TemplateCall};
use super::token::{Keyword, Token, TokenKind};
use super::unquote::unquote;
use super::words::{Collected, Name, PLACES, place};
use crate::helm::Helm;
use crate::template::set::{FunctionId, FunctionTable};

/// Blocks in each other.
const MAX_BLOCKS: usize = 200;
/// `else if` after `else if`; each is a block inside the one before.
const MAX_ELSE_CHAIN: usize = 1000;

pub(super) type Parsed<T> = Result<T, ParseErrorKind>;

/// A template that the text defines.
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) root: List,
    /// Whether nothing but space is in it.
    pub(super) is_empty: bool,
}

impl Definition {
    pub(super) fn new(name: String, root: List, text: &[u8]) -> Self {
        Self { name, is_empty: root.is_empty_of(text), root }
    }
}

/// Adds a definition. Within one text, only empty ones can be overridden.
pub(super) fn define(definitions: &mut Vec<Definition>, new: Definition) -> Parsed<()> {
    match definitions.iter_mut().find(|definition| definition.name == new.name) {
        None => definitions.push(new),
        Some(before) if before.is_empty => *before = new,
        Some(_) if new.is_empty => {}
        Some(_) => return Err(ParseErrorKind::MultipleDefinition(new.name)),
    }
    Ok(())
}

/// How a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListEnd {
    End,
    /// An `else`; the node's place.
    Else(At),
}

impl ListEnd {
    fn spelling(self) -> &'static str {
        match self {
            Self::End => "{{end}}",
            Self::Else(_) => "{{else}}",
        }
    }
}

/// What belongs to the template that is being read, not to the text.
pub(super) struct TreeState {
    /// Variables in scope.
    pub(super) variables: Vec<Name>,
    /// Where the current action began.
    action_start: Option<usize>,
    range_depth: usize,
    pub(super) paren_depth: usize,
}

impl TreeState {
    fn new(root: Name) -> Self {
        Self { variables: vec![root], action_start: None, range_depth: 0, paren_depth: 0 }
    }
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t [u8],
    name: &'t str,
    pub(super) functions: &'t FunctionTable,
    lexer: Lexer<'t>,
    /// Three tokens of lookahead; the first is the last one read.
    tokens: [Token; 3],
    peeked: usize,
    pub(super) state: TreeState,
    dollar: Name,
    blocks: usize,
    ids: u32,
    /// One past the last token that went into an operand.
    pub(super) operand_end: usize,
    definitions: Vec<Definition>,
    /// Nodes of the lists that are being read, those of inner lists last: a finished list takes its own, and no more
    /// memory than they need.
    nodes: Vec<Node>,
    /// The same of the arguments of commands.
    pub(super) args: Vec<Operand>,
    /// The same of the commands of pipelines.
    pub(super) commands: Vec<Command>,
    /// The same of the arms of conditions.
    arms: Vec<Arm>,
    pub(super) words: Collected,
    /// The functions that were called last.
    called: [Option<FunctionId>; PLACES],
}

impl<'t> Parser<'t> {
    pub(super) fn new(name: &'t str, text: &'t [u8], functions: &'t FunctionTable) -> Self {
        let options = LexOptions {
            break_is_function: functions.get("break").is_some(),
            continue_is_function: functions.get("continue").is_some(),
        };
        let mut words = Collected::default();
        let dollar = words.own_name(b"$");
        Self {
            text,
            name,
            functions,
            lexer: Lexer::new(text, options),
            tokens: [Token::new(TokenKind::Eof, 0, 0); 3],
            peeked: 0,
            state: TreeState::new(dollar),
            blocks: 0,
            ids: 0,
            operand_end: 0,
            definitions: Vec::new(),
            nodes: Vec::new(),
            args: Vec::new(),
            commands: Vec::new(),
            arms: Vec::new(),
            words,
            dollar,
            called: [None; PLACES],
        }
    }

    /// Reads the whole text: its definitions, and the text itself.
    pub(super) fn parse(mut self) -> Result<Tree, (ParseErrorKind, Token)> {
        match self.root() {
            Ok(root) => Ok(Tree { definitions: self.definitions, root, end: self.tokens[0], words: self.words }),
            Err(kind) => Err((kind, self.tokens[0])),
        }
    }

    // Tokens.

    pub(super) fn next(&mut self) -> Token {
        if self.peeked > 0 {
            self.peeked -= 1;
        } else {
            self.tokens[0] = self.lexer.next_token();
        }
        self.lookahead()
    }

    pub(super) fn peek(&mut self) -> Token {
        if self.peeked == 0 {
            self.peeked = 1;
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens.get(self.peeked - 1).copied().unwrap_or(self.tokens[0])
    }

    fn lookahead(&self) -> Token {
        self.tokens.get(self.peeked).copied().unwrap_or(self.tokens[0])
    }

    pub(super) fn backup(&mut self) {
        self.peeked += 1;
    }

    /// Backs up two tokens, of which the later is there already.
    pub(super) fn backup2(&mut self, earlier: Token) {
        self.tokens[1] = earlier;
        self.peeked = 2;
    }

    /// Backs up three tokens, of which the latest is there already.
    pub(super) fn backup3(&mut self, earliest: Token, earlier: Token) {
        self.tokens[1] = earlier;
        self.tokens[2] = earliest;
        self.peeked = 3;
    }

    pub(super) fn next_non_space(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != TokenKind::Space {
                return token;
            }
        }
    }

    pub(super) fn peek_non_space(&mut self) -> Token {
        let token = self.next_non_space();
        self.backup();
        token
    }

    /// The function of this name.
    pub(super) fn function(&mut self, name: &[u8]) -> Option<FunctionId> {
        let functions = self.functions;
        let place = self.called.get_mut(place(name))?;
        if place.is_none_or(|known| functions.name(known) != name) {
            *place = Some(functions.find(name)?);
        }
        *place
    }

    fn expect(&mut self, kind: TokenKind, context: &'static str) -> Parsed<Token> {
        let token = self.next_non_space();
        if token.kind == kind { Ok(token) } else { Err(self.unexpected(token, context)) }
    }

    pub(super) fn slice(&self, token: Token) -> &'t [u8] {
        self.text.get(token.start()..token.end()).unwrap_or_default()
    }

    pub(super) fn unexpected(&self, token: Token, context: &'static str) -> ParseErrorKind {
        if token.kind == TokenKind::Error {
            let line = |at| line_at(self.text, at, self.functions.helm());
            let started = self.state.action_start.map(line).filter(|&started| started != line(token.start()));
            return ParseErrorKind::Lexical {
                message: self.lexer.fault(self.slice(token)),
                started: started.map(|line| (self.name.into(), line)),
            };
        }
        ParseErrorKind::Unexpected { token: token.kind.describe(self.slice(token)), context }
    }

    /// The place of a new node.
    pub(super) fn at(&mut self, pos: usize, end: usize) -> At {
        self.ids += 1;
        let short = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        let (pos, end) = (short(pos), short(end));
        At { id: self.ids, pos, start: pos, end }
    }

    // Lists and definitions.

    /// The text itself, in which templates may be defined.
    fn root(&mut self) -> Parsed<List> {
        let start = self.peek().start();
        while self.peek().kind != TokenKind::Eof {
            if self.peek().kind == TokenKind::LeftDelim {
                let delim = self.next();
                if self.next_non_space().kind == TokenKind::Keyword(Keyword::Define) {
                    self.definition()?;
                    continue;
                }
                self.backup2(delim);
            }
            match self.text_or_action()? {
                Item::Node(node) => self.nodes.push(node),
                Item::ListEnd(end) => return Err(ParseErrorKind::UnexpectedControl(end.spelling())),
            }
        }
        let at = self.at(start, self.text.len());
        let mut nodes = std::mem::take(&mut self.nodes);
        nodes.shrink_to_fit();
        Ok(List { at, nodes })
    }

    /// `{{define "name"}} … {{end}}`; the keyword is past.
    fn definition(&mut self) -> Parsed<()> {
        const CONTEXT: &str = "define clause";
        let outer = std::mem::replace(&mut self.state, TreeState::new(self.dollar));
        let token = self.next_non_space();
        let name = self.template_name(token, CONTEXT)?;
        self.expect(TokenKind::RightDelim, CONTEXT)?;
        let (root, end) = self.item_list()?;
        if end != ListEnd::End {
            return Err(ParseErrorKind::UnexpectedControlIn(end.spelling(), CONTEXT));
        }
        define(&mut self.definitions, Definition::new(name, root, self.text))?;
        self.state = outer;
        Ok(())
    }

    fn item_list(&mut self) -> Parsed<(List, ListEnd)> {
        if self.blocks >= MAX_BLOCKS {
            return Err(ParseErrorKind::BlocksTooDeep);
        }
        self.blocks += 1;
        let start = self.peek_non_space().start();
        let before = self.nodes.len();
        loop {
            let token = self.peek_non_space();
            if token.kind == TokenKind::Eof {
                return Err(ParseErrorKind::UnexpectedEof);
            }
            match self.text_or_action()? {
                Item::Node(node) => self.nodes.push(node),
                Item::ListEnd(end) => {
                    let nodes = self.nodes.split_off(before);
                    self.blocks -= 1;
                    let at = self.at(start, token.start());
                    return Ok((List { at, nodes }, end));
                }
            }
        }
    }

    fn text_or_action(&mut self) -> Parsed<Item> {
        let token = self.next_non_space();
        match token.kind {
            TokenKind::Text => Ok(Item::Node(Node::Text(self.at(token.start(), token.end())))),
            TokenKind::LeftDelim => {
                self.state.action_start = Some(token.start());
                let item = self.action()?;
                self.state.action_start = None;
                Ok(item)
            }
            _ => Err(self.unexpected(token, "input")),
        }
    }

    fn action(&mut self) -> Parsed<Item> {
        let token = self.next_non_space();
        let node = match token.kind {
            TokenKind::Keyword(Keyword::Block) => self.block_control()?,
            TokenKind::Keyword(Keyword::Break) => {
                let at = self.loop_control(token, "{{break}}")?;
                Node::Break(at)
            }
            TokenKind::Keyword(Keyword::Continue) => {
                let at = self.loop_control(token, "{{continue}}")?;
                Node::Continue(at)
            }
            TokenKind::Keyword(Keyword::Else) => return self.else_control().map(Item::ListEnd),
            TokenKind::Keyword(Keyword::End) => {
                self.expect(TokenKind::RightDelim, "end")?;
                return Ok(Item::ListEnd(ListEnd::End));
            }
            TokenKind::Keyword(Keyword::If) => self.control(BranchKind::If)?,
            TokenKind::Keyword(Keyword::Range) => self.control(BranchKind::Range)?,
            TokenKind::Keyword(Keyword::With) => self.control(BranchKind::With)?,
            TokenKind::Keyword(Keyword::Template) => self.template_control()?,
            _ => {
                self.backup();
                // Variables that it declares stay until the end of the list.
                let start = self.peek().start();
                let pipe = self.pipeline("command", TokenKind::RightDelim)?;
                let at = self.at(start, pipe.at.end as usize);
                Node::Action(Box::new(Action { at, pipe }))
            }
        };
        Ok(Item::Node(node))
    }

    // Control structures; their keyword is past.

    fn control(&mut self, kind: BranchKind) -> Parsed<Node> {
        let (context, keyword) = match kind {
            BranchKind::If => ("if", Some(Keyword::If)),
            BranchKind::With => ("with", Some(Keyword::With)),
            BranchKind::Range => ("range", None),
        };
        let variables = self.state.variables.len();
        let before = self.arms.len();
        let mut else_at = At::default();
        let else_list = loop {
            let pipe = self.pipeline(context, TokenKind::RightDelim)?;
            self.state.range_depth += usize::from(kind == BranchKind::Range);
            let (list, end) = self.item_list()?;
            self.state.range_depth -= usize::from(kind == BranchKind::Range);
            self.arms.push(Arm { else_at, pipe, list });
            let ListEnd::Else(at) = end else { break None };
            // `{{else if x}}…{{end}}` stands for `{{else}}{{if x}}…{{end}}{{end}}`.
            if keyword.is_some_and(|keyword| self.peek().kind == TokenKind::Keyword(keyword)) {
                self.next();
                else_at = at;
                if self.arms.len() - before >= MAX_ELSE_CHAIN {
                    return Err(ParseErrorKind::BlocksTooDeep);
                }
                continue;
            }
            let (list, end) = self.item_list()?;
            if end != ListEnd::End {
                return Err(ParseErrorKind::ExpectedEnd(end.spelling()));
            }
            break Some(list);
        };
        self.state.variables.truncate(variables);
        Ok(self.nest(kind, before, else_list))
    }

    /// Puts the arms of an `else if` chain into each other: those from `before` on.
    fn nest(&mut self, kind: BranchKind, before: usize, mut else_list: Option<List>) -> Node {
        let mut node = Node::Break(At::default());
        while self.arms.len() > before {
            let Some(Arm { else_at, pipe, list }) = self.arms.pop() else { break };
            let end = else_list.as_ref().map_or(list.at.end, |list| list.at.end);
            let at = At { end, ..self.at(pipe.at.start as usize, end as usize) };
            let outer = At { end, ..else_at };
            node = Node::Branch(Box::new(Branch { at, kind, pipe, list, else_list: else_list.take() }));
            if self.arms.len() > before {
                else_list = Some(List { at: outer, nodes: vec![node] });
                node = Node::Break(At::default());
            }
        }
        node
    }

    fn else_control(&mut self) -> Parsed<ListEnd> {
        let peeked = self.peek_non_space();
        let token = match peeked.kind {
            TokenKind::Keyword(Keyword::If | Keyword::With) => peeked,
            _ => self.expect(TokenKind::RightDelim, "else")?,
        };
        Ok(ListEnd::Else(self.at(token.start(), token.end())))
    }

    fn loop_control(&mut self, token: Token, spelling: &'static str) -> Parsed<At> {
        let delim = self.next_non_space();
        if delim.kind != TokenKind::RightDelim {
            return Err(self.unexpected(delim, spelling));
        }
        if self.state.range_depth == 0 {
            return Err(ParseErrorKind::OutsideRange(spelling));
        }
        Ok(self.at(token.start(), token.end()))
    }

    /// `{{block "name" pipeline}} … {{end}}` defines a template and calls it.
    fn block_control(&mut self) -> Parsed<Node> {
        const CONTEXT: &str = "block clause";
        let token = self.next_non_space();
        let name = self.template_name(token, CONTEXT)?;
        let pipe = self.pipeline(CONTEXT, TokenKind::RightDelim)?;
        let last = self.tokens[0];
        let outer = std::mem::replace(&mut self.state, TreeState::new(self.dollar));
        let (root, end) = self.item_list()?;
        if end != ListEnd::End {
            // Go blames the line of the block.
            self.tokens[0] = last;
            return Err(ParseErrorKind::UnexpectedControlIn(end.spelling(), CONTEXT));
        }
        let called = self.words.own_name(name.as_bytes());
        define(&mut self.definitions, Definition::new(name, root, self.text))?;
        self.state = outer;
        let at = self.at(token.start(), pipe.at.end as usize);
        Ok(Node::Template(Box::new(TemplateCall { at, name: called, pipe: Some(pipe) })))
    }

    /// `{{template "name" pipeline}}`
    fn template_control(&mut self) -> Parsed<Node> {
        const CONTEXT: &str = "template clause";
        let token = self.next_non_space();
        let name = self.template_name(token, CONTEXT)?;
        let pipe = if self.next_non_space().kind == TokenKind::RightDelim {
            None
        } else {
            self.backup();
            Some(self.pipeline(CONTEXT, TokenKind::RightDelim)?)
        };
        let end = pipe.as_ref().map_or(token.end(), |pipe| pipe.at.end as usize);
        let name = self.words.own_name(name.as_bytes());
        let at = self.at(token.start(), end);
        Ok(Node::Template(Box::new(TemplateCall { at, name, pipe })))
    }

    fn template_name(&mut self, token: Token, context: &'static str) -> Parsed<String> {
        if !matches!(token.kind, TokenKind::String | TokenKind::RawString) {
            return Err(self.unexpected(token, context));
        }
        let name = unquote(self.slice(token)).ok_or(ParseErrorKind::InvalidSyntax)?;
        Ok(String::from_utf8_lossy(&name).into_owned())
    }
}

/// What stands between two delimiters, or a text.
enum Item {
    Node(Node),
    ListEnd(ListEnd),
}

/// One `if` of an `else if` chain.
struct Arm {
    /// The `else` before it.
    else_at: At,
    pipe: Pipe,
    list: List,
}

/// The line, from 1, that holds byte `at`. Go 1.23, which Helm 3 is built with, forgets the lines of comments.
pub(super) fn line_at(text: &[u8], at: usize, helm: Helm) -> u32 {
    let before = text.get(..at).unwrap_or(text);
    let line = before.split(|&byte| byte == b'\n').count();
    let forgotten = if helm.is_three() { lines_of_comments(text, at) } else { 0 };
    u32::try_from(line.saturating_sub(forgotten)).unwrap_or(u32::MAX)
}
