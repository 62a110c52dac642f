//! The parser's other half: pipelines, commands and operands.

use super::error::ParseErrorKind;
use super::node::{Binding, Chain, Command, Operand, Pipe};
use super::number::number;
use super::parser::{Parsed, Parser};
use super::token::{Keyword, Token, TokenKind};
use super::words::{Name, Names, Words};

/// Parentheses in each other. Go allows 10,000, and 1,000 in Wasm.
const MAX_PARENS: usize = 200;
/// Commands of one pipeline, as in Go.
const MAX_COMMANDS: usize = 100_000;

impl Parser<'_> {
    /// Declarations and commands up to the token `end`, which is consumed.
    pub(super) fn pipeline(&mut self, context: &'static str, end: TokenKind) -> Parsed<Pipe> {
        let start = self.peek_non_space().start();
        let (variables, binding) = self.declarations(context)?;
        let before = self.commands.len();
        loop {
            let token = self.next_non_space();
            if token.kind == end {
                break;
            }
            if !starts_operand(token.kind) {
                return Err(self.unexpected(token, context));
            }
            self.backup();
            let command = self.command()?;
            self.commands.push(command);
            if self.commands.len() - before > MAX_COMMANDS {
                return Err(ParseErrorKind::PipelineTooLong);
            }
        }
        let commands = self.commands.split_off(before);
        if commands.is_empty() {
            return Err(ParseErrorKind::MissingValue(context));
        }
        if let Some(at) = commands.iter().skip(1).position(|command| command.first.is_constant()) {
            return Err(ParseErrorKind::NonExecutable(at + 2));
        }
        let at = self.at(start, self.operand_end);
        Ok(Pipe { at, binding, variables, commands })
    }

    /// `$x :=`, `$x =`, and with `range` `$i, $x :=`.
    fn declarations(&mut self, context: &'static str) -> Parsed<(Names, Binding)> {
        let mut variables = self.words.row();
        loop {
            let variable = self.peek_non_space();
            if variable.kind != TokenKind::Variable {
                return Ok((variables, Binding::Declare));
            }
            self.next();
            // A space is a token, so that in `$x foo` three tokens must be read to know that nothing is declared.
            let after = self.peek();
            let next = self.peek_non_space();
            match next.kind {
                TokenKind::Assign | TokenKind::Declare => {
                    self.next_non_space();
                    self.declare(variable, &mut variables);
                    let assigns = next.kind == TokenKind::Assign;
                    return Ok((variables, if assigns { Binding::Assign } else { Binding::Declare }));
                }
                TokenKind::Char if self.slice(next) == b"," => {
                    self.next_non_space();
                    self.declare(variable, &mut variables);
                    if context != "range" || variables.len() >= 2 {
                        return Err(ParseErrorKind::TooManyDeclarations(context));
                    }
                    let following = self.peek_non_space().kind;
                    if !matches!(following, TokenKind::Variable | TokenKind::RightDelim | TokenKind::RightParen) {
                        return Err(ParseErrorKind::RangeOnlyVariables);
                    }
                }
                _ => {
                    if after.kind == TokenKind::Space {
                        self.backup3(variable, after);
                    } else {
                        self.backup2(variable);
                    }
                    return Ok((variables, Binding::Declare));
                }
            }
        }
    }

    /// Operands up to a pipe, which is consumed, or a closing delimiter, which isn't.
    fn command(&mut self) -> Parsed<Command> {
        let start = self.peek_non_space().start();
        let (mut first, before) = (None, self.args.len());
        loop {
            self.peek_non_space();
            match self.operand()? {
                operand if first.is_none() => first = operand,
                operand => self.args.extend(operand),
            }
            let token = self.next();
            match token.kind {
                TokenKind::Space => continue,
                TokenKind::RightDelim | TokenKind::RightParen => self.backup(),
                TokenKind::Pipe => {}
                _ => return Err(self.unexpected(token, "operand")),
            }
            break;
        }
        let first = first.ok_or(ParseErrorKind::EmptyCommand)?;
        let args = self.args.split_off(before);
        let at = self.at(start, self.operand_end);
        Ok(Command { at, first, args })
    }

    /// A term and the fields behind it; `None` where no term follows.
    fn operand(&mut self) -> Parsed<Option<Operand>> {
        let Some(term) = self.term()? else { return Ok(None) };
        let field = self.peek();
        if field.kind != TokenKind::Field {
            return Ok(Some(term));
        }
        let mut fields = match &term {
            Operand::Field(_, names) | Operand::Variable(_, _, names) => *names,
            _ => self.words.row(),
        };
        while self.peek().kind == TokenKind::Field {
            let token = self.next();
            self.operand_end = token.end();
            let name = self.field_name(token);
            self.words.push(&mut fields, name);
        }
        let mut at = self.at(field.start(), self.operand_end);
        at.start = term.at().start;
        Ok(Some(match term {
            Operand::Field(..) => Operand::Field(at, fields),
            Operand::Variable(_, name, _) => Operand::Variable(at, name, fields),
            term if term.is_constant() => {
                return Err(ParseErrorKind::DotAfterTerm(super::print::operand(&term, self.text, &Words::default())));
            }
            base => Operand::Chain(Box::new(Chain { at, base, fields })),
        }))
    }

    fn term(&mut self) -> Parsed<Option<Operand>> {
        let token = self.next_non_space();
        let end = self.operand_end;
        self.operand_end = token.end();
        let operand = match token.kind {
            TokenKind::Identifier => {
                let Some(function) = self.function(self.slice(token)) else {
                    let name = String::from_utf8_lossy(self.slice(token));
                    return Err(ParseErrorKind::UndefinedFunction(name.into_owned()));
                };
                Operand::Identifier(self.term_at(token), function)
            }
            TokenKind::Keyword(Keyword::Dot) => Operand::Dot(self.term_at(token)),
            TokenKind::Keyword(Keyword::Nil) => Operand::Nil(self.term_at(token)),
            TokenKind::Variable => {
                let name = self.slice(token);
                let is_it = |declared: &&Name| self.words.bytes(**declared, self.text) == name;
                let Some(&declared) = self.state.variables.iter().find(is_it) else {
                    return Err(ParseErrorKind::UndefinedVariable(String::from_utf8_lossy(name).into_owned()));
                };
                let fields = self.words.row();
                Operand::Variable(self.term_at(token), declared, fields)
            }
            TokenKind::Field => {
                let name = self.field_name(token);
                let mut fields = self.words.row();
                self.words.push(&mut fields, name);
                Operand::Field(self.term_at(token), fields)
            }
            TokenKind::Bool => Operand::Bool(self.term_at(token), self.slice(token) == b"true"),
            TokenKind::CharConstant | TokenKind::Complex | TokenKind::Number => {
                let at = self.term_at(token);
                Operand::Number(Box::new(number(at, self.slice(token), token.kind)?))
            }
            TokenKind::LeftParen => return self.parenthesized().map(Some),
            TokenKind::String | TokenKind::RawString => {
                let constant = self.words.constant(self.text, token.start(), token.end());
                Operand::String(self.term_at(token), constant.ok_or(ParseErrorKind::InvalidSyntax)?)
            }
            _ => {
                self.operand_end = end;
                self.backup();
                return Ok(None);
            }
        };
        Ok(Some(operand))
    }

    /// A field's name, without its dot.
    fn field_name(&mut self, token: Token) -> Name {
        let dot = usize::from(self.slice(token).starts_with(b"."));
        self.words.name(self.text, token.start() + dot, token.end())
    }

    fn declare(&mut self, variable: Token, names: &mut Names) {
        let name = self.words.name(self.text, variable.start(), variable.end());
        self.words.push(names, name);
        self.state.variables.push(name);
    }

    fn term_at(&mut self, token: Token) -> super::node::At {
        self.at(token.start(), token.end())
    }

    fn parenthesized(&mut self) -> Parsed<Operand> {
        if self.state.paren_depth >= MAX_PARENS {
            return Err(ParseErrorKind::ExpressionTooDeep);
        }
        self.state.paren_depth += 1;
        let pipe = self.pipeline("parenthesized pipeline", TokenKind::RightParen)?;
        self.state.paren_depth -= 1;
        self.operand_end += 1;
        Ok(Operand::Pipe(Box::new(pipe)))
    }
}

fn starts_operand(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Bool
            | TokenKind::CharConstant
            | TokenKind::Complex
            | TokenKind::Keyword(Keyword::Dot | Keyword::Nil)
            | TokenKind::Field
            | TokenKind::Identifier
            | TokenKind::Number
            | TokenKind::RawString
            | TokenKind::String
            | TokenKind::Variable
            | TokenKind::LeftParen
    )
}
