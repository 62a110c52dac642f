//! What is done with a cluster, a command a line: the language of scripts, in which the page keeps what was done, too.

use std::fmt;

use super::api::Cascade;
use super::clock::{Seconds, parse as parse_seconds};
use super::failure::Failure;
use super::objects::Kind;
use super::table::Form;

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
    /// `reboot`
    Reboot(String),
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
        let command = Command::read(line);
        let command = command.map_err(|message| format!("{name}:{}: {message}", at + 1))?;
        commands.push((line.to_owned(), command));
    }
    Ok(commands)
}

impl Command {
    /// The command of a line.
    pub fn read(line: &str) -> Result<Self, String> {
        parse(&words(line)?)
    }
}

/// As one writes it in a script.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Install => f.write_str("install"),
            Self::Upgrade(flags) if flags.is_empty() => f.write_str("upgrade"),
            Self::Upgrade(flags) => write!(f, "upgrade {}", flags.join(" ")),
            Self::Rollback(None) => f.write_str("rollback"),
            Self::Rollback(Some(revision)) => write!(f, "rollback {revision}"),
            Self::Uninstall => f.write_str("uninstall"),
            Self::Step(1) => f.write_str("step"),
            Self::Step(count) => write!(f, "step {count}"),
            Self::Run => f.write_str("run"),
            Self::Wait(span) => write!(f, "wait {span}s"),
            Self::Watch(kind) => write!(f, "watch {}", kind.short()),
            Self::Watched => f.write_str("watched"),
            Self::Scale(kind, name, replicas) => write!(f, "scale {}/{name} {replicas}", kind.short()),
            Self::Delete(kind, names, cascade, grace) => {
                write!(f, "delete {} {}", kind.short(), names.join(" "))?;
                if *cascade == Cascade::Orphan {
                    f.write_str(" --cascade=orphan")?;
                }
                grace.map_or(Ok(()), |grace| write!(f, " --grace-period={grace}"))
            }
            Self::Evict(name) => write!(f, "evict {name}"),
            Self::Drain(name) => write!(f, "drain {name}"),
            Self::Uncordon(name) => write!(f, "uncordon {name}"),
            Self::Reboot(name) => write!(f, "reboot {name}"),
            Self::FailPod(name, failure) => write!(f, "fail pod {name} {failure}"),
            Self::FailImage(image) => write!(f, "fail image {image}"),
            Self::FailNode(name) => write!(f, "fail node {name}"),
            Self::Heal(name) => write!(f, "heal {name}"),
            Self::Get(kinds, form) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.short()).collect();
                write!(f, "get {}{}", kinds.join(","), if *form == Form::Wide { " -o wide" } else { "" })
            }
            Self::Dns => f.write_str("dns"),
            Self::Nslookup(name) => write!(f, "nslookup {name}"),
            Self::Tunnel(address) => write!(f, "tunnel {address}"),
        }
    }
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
        ("reboot", [name]) => Ok(Command::Reboot((*name).to_owned())),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_as_it_is_written() {
        let lines = [
            "install",
            "upgrade",
            "upgrade --set a=b",
            "rollback",
            "rollback 2",
            "uninstall",
            "step",
            "step 3",
            "run",
            "wait 45s",
            "watch po",
            "scale sts/web 5",
            "delete po web-1 web-2",
            "delete sts web --cascade=orphan",
            "delete po web-0 --grace-period=0",
            "evict web-0",
            "drain minikube",
            "reboot minikube",
            "fail pod web-1 exit-3",
            "fail pod web-1 never-ready",
            "fail image nginx:nope",
            "fail node minikube",
            "heal web-1",
            "get po,sts,pvc -o wide",
            "nslookup web",
        ];
        for line in lines {
            assert_eq!(Command::read(line).map(|command| command.to_string()).as_deref(), Ok(line));
        }
    }
}
