//! The commands of a script.

use crate::cluster::{Cascade, Failure, Form, Kind, Seconds, parse_seconds};

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `install`
    Install,
    /// `upgrade`, with further flags.
    Upgrade(Vec<String>),
    /// `rollback`
    Rollback(Option<usize>),
    /// `uninstall`
    Uninstall,
    /// `step`
    Step(usize),
    /// `run`
    Run,
    /// `wait`
    Wait(Seconds),
    /// `watch`
    Watch(Kind),
    /// `watched`
    Watched,
    /// `scale`
    Scale(Kind, String, usize),
    /// `delete`
    Delete(Kind, Vec<String>, Cascade, Option<Seconds>),
    /// `evict`
    Evict(String),
    /// `drain`
    Drain(String),
    /// `uncordon`
    Uncordon(String),
    /// `fail pod`
    FailPod(String, Failure),
    /// `fail image`
    FailImage(String),
    /// `fail node`
    FailNode(String),
    /// `heal`
    Heal(String),
    /// `get`
    Get(Vec<Kind>, Form),
    /// `dns`
    Dns,
    /// `nslookup`
    Nslookup(String),
    /// `tunnel`
    Tunnel(String),
}

/// A longer script is not read.
const MAX_COMMANDS: usize = 1000;

/// Reads a script: each command as written, and what it means. The error names the line.
pub fn script(name: &str, text: &str) -> Result<Vec<(String, Command)>, String> {
    let mut commands = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if commands.len() == MAX_COMMANDS {
            return Err(format!("{name}: a script has no more than {MAX_COMMANDS} commands"));
        }
        let command = words(line).and_then(|words| parse(&words));
        let command = command.map_err(|message| format!("{name}:{}: {message}", at + 1))?;
        commands.push((line.to_owned(), command));
    }
    Ok(commands)
}

/// The words of a line. What stands in quotation marks is one word.
fn words(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("a quotation mark is open".to_owned());
    }
    words.extend(word);
    Ok(words)
}

fn parse(words: &[String]) -> Result<Command, String> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    if matches!(words.first(), Some(&("kubectl" | "helm" | "minikube"))) {
        words.remove(0);
    }
    let Some((verb, rest)) = words.split_first() else { return Err("a command is missing".to_owned()) };
    match (*verb, rest) {
        ("install", []) => Ok(Command::Install),
        ("upgrade", flags) => Ok(Command::Upgrade(flags.iter().map(|&flag| flag.to_owned()).collect())),
        ("rollback", []) => Ok(Command::Rollback(None)),
        ("rollback", [number]) => count(number).map(|number| Command::Rollback(Some(number))),
        ("uninstall", []) => Ok(Command::Uninstall),
        ("step", []) => Ok(Command::Step(1)),
        ("step", [number]) => count(number).map(Command::Step),
        ("run", []) => Ok(Command::Run),
        ("wait", [span]) => parse_seconds(span)
            .map(Command::Wait)
            .ok_or_else(|| format!("{span} is no span of time, such as 45s or 2m")),
        ("watch", [word]) => kind(word).map(Command::Watch),
        ("watched", []) => Ok(Command::Watched),
        ("scale", rest) => scale(rest),
        ("delete", rest) => delete(rest),
        ("evict", [name]) => Ok(Command::Evict(name.trim_start_matches("pod/").to_owned())),
        ("drain", [name]) => Ok(Command::Drain((*name).to_owned())),
        ("uncordon", [name]) => Ok(Command::Uncordon((*name).to_owned())),
        ("fail", rest) => fail(rest),
        ("heal", [name]) => Ok(Command::Heal((*name).to_owned())),
        ("get", rest) => get(rest),
        ("dns", []) => Ok(Command::Dns),
        ("nslookup", [name]) => Ok(Command::Nslookup((*name).to_owned())),
        ("tunnel", [address]) => Ok(Command::Tunnel((*address).to_owned())),
        _ => Err(format!("`{}` is no command; see `chartroom simulate --help`", words.join(" "))),
    }
}

fn count(word: &str) -> Result<usize, String> {
    word.parse().map_err(|_| format!("{word} is no number"))
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::named(word).ok_or_else(|| format!("nothing is simulated of the kind `{word}`"))
}

/// `web` of `sts/web`, or of `sts web`, and what stands behind.
fn object<'w>(words: &[&'w str]) -> Result<(Kind, &'w str, Vec<&'w str>), String> {
    match words {
        [both, rest @ ..] if both.contains('/') => {
            let (first, name) = both.split_once('/').unwrap_or((both, ""));
            Ok((kind(first)?, name, rest.to_vec()))
        }
        [first, name, rest @ ..] => Ok((kind(first)?, name, rest.to_vec())),
        _ => Err("say which object, as KIND NAME or KIND/NAME".to_owned()),
    }
}

fn scale(words: &[&str]) -> Result<Command, String> {
    let (flags, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with("--"));
    let (kind, name, rest) = object(&others)?;
    let flag = flags.iter().find_map(|flag| flag.strip_prefix("--replicas="));
    let number = flag.or(rest.first().copied()).ok_or("say how many replicas")?;
    Ok(Command::Scale(kind, name.to_owned(), count(number)?))
}

fn delete(words: &[&str]) -> Result<Command, String> {
    let (flags, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with("--"));
    let (kind, name, rest) = object(&others)?;
    let (mut cascade, mut grace) = (Cascade::Background, None);
    for flag in flags {
        match flag.split_once('=') {
            Some(("--cascade", "orphan")) => cascade = Cascade::Orphan,
            Some(("--cascade", "background")) => {}
            Some(("--grace-period", seconds)) => grace = Some(count(seconds)? as Seconds),
            _ if flag == "--force" => {}
            _ => return Err(format!("{flag} is not supported")),
        }
    }
    let names = std::iter::once(name).chain(rest).map(str::to_owned).collect();
    Ok(Command::Delete(kind, names, cascade, grace))
}

fn fail(words: &[&str]) -> Result<Command, String> {
    match words {
        ["pod", name, what] => {
            let failure = Failure::named(what);
            let failure = failure.ok_or_else(|| format!("a pod fails in one of these ways: {}", Failure::words()))?;
            Ok(Command::FailPod((*name).to_owned(), failure))
        }
        ["image", image] => Ok(Command::FailImage((*image).to_owned())),
        ["node", name] => Ok(Command::FailNode((*name).to_owned())),
        _ => Err("say what fails: pod NAME WHAT, image IMAGE or node NAME".to_owned()),
    }
}

fn get(words: &[&str]) -> Result<Command, String> {
    let (kinds, form) = match words {
        [kinds] => (kinds, Form::Narrow),
        [kinds, "-o", "wide"] | [kinds, "-owide"] => (kinds, Form::Wide),
        _ => return Err("say which kinds, as in `get po,sts -o wide`; all objects of a kind are listed".to_owned()),
    };
    Ok(Command::Get(kinds.split(',').map(kind).collect::<Result<_, _>>()?, form))
}
