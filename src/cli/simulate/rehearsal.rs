//! A chart and its cluster, and what is done with them.

use std::ffi::OsString;

use super::super::args::{self, TemplateArgs};
use super::super::template::{Prepared, Traced};
use super::super::terminal::Terminal;
use super::SimulateArgs;
use crate::chart::Operation;
use crate::cluster::{self, Because, Cluster, Command, Conflicts, Event, Manifest, Rest, Seed, Settings};
use crate::lint;
use crate::template::SeededWorld;

/// The moment that templates are told, so that they print the same each time: 2026-01-01.
const MOMENT: i128 = 1_767_225_600_000_000_000;

/// A chart and its cluster.
pub struct Rehearsal {
    args: TemplateArgs,
    seed: u64,
    cluster: Cluster,
    /// Each rendering whose manifests the cluster got.
    renderings: Vec<Traced>,
    /// The first of them, until it is installed.
    first: Option<(Traced, Vec<Manifest>)>,
    told: usize,
}

impl Rehearsal {
    /// Renders the chart, for a cluster that has nothing yet.
    pub fn new(args: &SimulateArgs, terminal: &mut Terminal) -> Result<Self, String> {
        let prepared = Prepared::new(&args.template, terminal)?;
        let release = prepared.release().clone();
        let settings = Settings {
            seed: Seed(args.seed),
            minor: prepared.kubernetes_minor(),
            nodes: (1..=args.nodes).map(node_name).collect(),
            namespace: release.namespace,
            release: release.name,
        };
        let first = render(prepared, args.seed, terminal)?;
        Ok(Self {
            args: args.template.clone(),
            seed: args.seed,
            cluster: Cluster::new(settings),
            renderings: Vec::new(),
            first: Some(first),
            told: 0,
        })
    }

    /// Does what a command says, and prints what happens.
    pub fn perform(&mut self, command: Command, terminal: &mut Terminal) -> Result<(), String> {
        let mut text = String::new();
        let done = match command {
            Command::Install => self.install(terminal)?,
            Command::Upgrade(flags) => self.upgrade(flags, terminal)?,
            Command::Rollback(revision) => self.cluster.rollback(revision).map_err(|error| format!("Error: {error}")),
            Command::Uninstall => self.cluster.uninstall().map_err(|error| format!("Error: {error}")),
            Command::Step(count) => {
                let all = (0..count).all(|_| self.cluster.step());
                if all { Ok(()) } else { Err("Nothing more happens by itself.".to_owned()) }
            }
            Command::Run => {
                text = rest(self.cluster.run());
                Ok(())
            }
            Command::Watch(kind) => {
                self.cluster.watch(kind);
                Ok(())
            }
            Command::Watched => {
                text = self.cluster.watched().print();
                Ok(())
            }
            Command::Wait(span) => {
                if self.cluster.wait(span) == Rest::TooMuch {
                    text = rest(Rest::TooMuch);
                }
                Ok(())
            }
            Command::Scale(kind, name, replicas) => self.cluster.scale(kind, &name, replicas),
            Command::Delete(kind, names, cascade, grace) => {
                names.iter().try_for_each(|name| self.cluster.delete(kind, name, cascade, grace))
            }
            Command::Evict(name) => self.cluster.evict(&name),
            Command::Drain(name) => self.cluster.drain(&name),
            Command::Uncordon(name) => self.cluster.uncordon(&name),
            Command::Reboot(name) => self.cluster.reboot(&name),
            Command::FailPod(name, failure) => {
                self.cluster.fail_pod(&name, failure);
                Ok(())
            }
            Command::FailImage(image) => {
                self.cluster.fail_image(&image);
                Ok(())
            }
            Command::FailNode(name) => self.cluster.fail_node(&name),
            Command::Heal(name) => self.cluster.heal(&name),
            Command::Get(kinds, form) => {
                text = self.cluster.get(&kinds, form);
                Ok(())
            }
            Command::Dns => {
                text = self.dns();
                Ok(())
            }
            Command::Nslookup(name) => {
                text = self.cluster.nslookup(&name);
                Ok(())
            }
            Command::Tunnel(address) => {
                self.cluster.open_tunnel(&address);
                Ok(())
            }
        };
        let news = self.news();
        terminal.out(&news);
        terminal.out(text);
        let is_told = |message: &String| news.trim_end().ends_with(message.trim_start_matches("Error: ").trim_end());
        if let Err(message) = done
            && !is_told(&message)
        {
            terminal.out(format!("{message}\n"));
        }
        terminal.out("\n");
        Ok(())
    }

    fn install(&mut self, terminal: &mut Terminal) -> Result<Result<(), String>, String> {
        let (traced, manifests) = match self.first.take() {
            Some(first) => first,
            None => render(Prepared::new(&self.args, terminal)?, self.seed, terminal)?,
        };
        let done = self.cluster.install(manifests);
        Ok(self.keep(traced, done))
    }

    /// The error inside is what Helm says; the one outside ends the command.
    fn upgrade(&mut self, flags: Vec<String>, terminal: &mut Terminal) -> Result<Result<(), String>, String> {
        let conflicts =
            if flags.iter().any(|flag| flag == "--force-conflicts") { Conflicts::Force } else { Conflicts::Fail };
        let more = args::parse(flags.into_iter().map(OsString::from).collect())?;
        let mut args = self.args.clone();
        args.add(more)?;
        args.operation = Operation::Upgrade;
        let mut prepared = Prepared::new(&args, terminal)?;
        let revision = self.cluster.revisions() + 1;
        prepared.count_as(i64::try_from(revision).unwrap_or(i64::MAX));
        let seed = self.seed.wrapping_add(self.renderings.len() as u64);
        let (traced, manifests) = match render(prepared, seed, terminal) {
            Ok(rendered) => rendered,
            Err(error) => return Ok(Err(format!("Error: UPGRADE FAILED: {error}"))),
        };
        let done = self.cluster.upgrade(manifests, conflicts);
        Ok(self.keep(traced, done))
    }

    /// Keeps a rendering, if the cluster took it.
    fn keep(&mut self, traced: Traced, done: Result<(), String>) -> Result<(), String> {
        if self.cluster.sets() > self.renderings.len() {
            self.renderings.push(traced);
        }
        done.map_err(|error| format!("Error: {error}"))
    }

    /// What has happened since it was told last.
    fn news(&mut self) -> String {
        let events = self.cluster.events();
        let new = events.get(self.told..).unwrap_or_default();
        let text = new.iter().map(|event| self.line(event)).collect();
        self.told = events.len();
        text
    }

    fn line(&self, event: &Event) -> String {
        let place = event.because.as_ref().and_then(|because| self.place(because));
        let place = place.map(|place| format!("  <- {place}")).unwrap_or_default();
        format!("{:>6}  {}{place}\n", event.at.to_string(), event.sentence)
    }

    /// The line of the template that printed a field, and the field.
    fn place(&self, because: &Because) -> Option<String> {
        let Traced { rendering, .. } = self.renderings.get(because.source.revision)?;
        let documents = &rendering.result.as_ref().ok()?.documents;
        let (path, range, document) = (because.path.clone(), because.range.clone(), because.source.document);
        let span = lint::origin(&lint::Place { document, path, range }, documents, &rendering.trace)?;
        let (file, at) = (rendering.files.get(span.file)?, rendering.files.position(span)?);
        let field = if because.is_written { because.path.to_string() } else { format!("no {}", because.path) };
        Some(format!("{}:{} {field}", file.path, at.line))
    }

    fn dns(&self) -> String {
        let pods = self.cluster.store().pods.values();
        let line = |pod| match self.cluster.dns_name(pod) {
            Ok(name) | Err(name) => format!("{name}\n"),
        };
        pods.map(line).collect()
    }

    /// What is in the chart and has no effect here, counted by kind.
    pub fn left_out(&self) -> String {
        let last = self.renderings.last().and_then(|last| last.rendering.result.as_ref().ok());
        let documents = last.map(|rendered| rendered.documents.as_slice()).unwrap_or_default();
        let words = cluster::left_out(documents);
        if words.is_empty() { String::new() } else { format!("Not simulated of this chart: {}\n", words.join(", ")) }
    }
}

/// The name that minikube gives a node.
fn node_name(number: usize) -> String {
    if number == 1 { "minikube".to_owned() } else { format!("minikube-m{number:02}") }
}

fn render(prepared: Prepared, seed: u64, terminal: &mut Terminal) -> Result<(Traced, Vec<Manifest>), String> {
    let traced = prepared.render_in(&mut SeededWorld::new(MOMENT, seed), terminal);
    let documents = traced.rendering.result.as_ref().map(|rendered| &rendered.documents);
    let documents = documents.map_err(ToString::to_string)?;
    let manifests = cluster::manifests(documents)?;
    Ok((traced, manifests))
}

fn rest(rest: Rest) -> String {
    match rest {
        Rest::Settled | Rest::TimeIsUp | Rest::News => String::new(),
        Rest::Trying => "What still happens are further tries of what has failed.\n".to_owned(),
        Rest::Idle => "What still happens comes by the clock.\n".to_owned(),
        Rest::TooMuch => "Too much happens: the simulation stops here.\n".to_owned(),
    }
}
