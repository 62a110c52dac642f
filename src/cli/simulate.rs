//! `chartroom simulate`: what a cluster would make of a chart.

mod rehearsal;

use std::ffi::OsString;
use std::fs;

use super::args::{self, TemplateArgs};
use super::terminal::{Status, Terminal};
use crate::cluster::{self, NOT_SIMULATED};
use rehearsal::Rehearsal;

const USAGE: &str = "\
Says what would happen if a chart were installed: each event with its cause and the line of the template that decides,
and kubectl's own tables. Nothing is installed, and no cluster is asked.

Usage:
  chartroom simulate [NAME] CHART [--script FILE] [flags]

Flags:
      --script FILE  what is done, a command a line (- is standard input); without it the chart is installed, and time
                     runs until nothing more happens
      --seed N       where names and addresses come from (0); the same seed gives the same output
      --nodes N      how many nodes there are (1)

and those of `chartroom template`, which say what is rendered: --values, --set, --namespace, --kube-version, …

Commands of a script (`kubectl` or `helm` may stand before them; # begins a comment):
  install                                      helm install
  upgrade [CHART] [flags] [--force-conflicts]  helm upgrade; the flags are added to those of the command line
  rollback [REVISION], uninstall               the same of Helm
  step [N]                                     goes on to the next event, or to the Nth
  run                                          lets time run until nothing new happens
  wait SPAN                                    lets so much time pass: 45s, 2m, 1h30m
  watch KIND, watched                          begins kubectl get -w, and prints what it has printed since
  scale KIND/NAME N                            kubectl scale
  delete KIND NAME… [--cascade=orphan] [--grace-period=N]
                                               kubectl delete
  evict NAME, drain NODE, uncordon NODE        a pod or all of a node are asked to leave, as far as budgets allow
  reboot NODE                                  minikube stop, minikube start: all containers start again
  fail pod NAME WHAT                           makes it fail: image, never-ready, crash, not-alive, never-stops, or
                                               exit-3 (it ends with that status); NAME may end in *
  fail image IMAGE                             from now on that image can't be pulled
  fail node NAME                               the node is cut off
  heal NAME                                    mends what fails
  get KINDS [-o wide]                          kubectl get: po, sts, deploy, rs, ds, job, cj, svc, ep, pvc, pv, sc,
                                               pdb, no, events
  dns                                          every pod's DNS name, or why it has none
  nslookup NAME                                what a pod of the release's namespace would be told
  tunnel ADDRESS                               minikube tunnel: LoadBalancers get that address
";

/// What was asked for.
#[derive(Clone, Debug, Default)]
struct SimulateArgs {
    template: TemplateArgs,
    script: Option<String>,
    seed: u64,
    nodes: usize,
}

/// More nodes than that make no sense here.
const MAX_NODES: usize = 20;

/// What is done without a script.
const USUAL: &str = "install\nrun\nget po,sts,deploy,rs,ds,job,cronjob,svc,pvc,pv\n";

/// Runs the command.
pub(super) fn run(args: Vec<OsString>, terminal: &mut Terminal) -> Status {
    simulate(args, terminal).unwrap_or_else(|message| terminal.error(&message))
}

fn simulate(args: Vec<OsString>, terminal: &mut Terminal) -> Result<Status, String> {
    let args = parse(args)?;
    if args.template.help {
        terminal.out(format!("{USAGE}\n{}", limits()));
        return Ok(Status::Success);
    }
    let (name, script) = match args.script.as_deref() {
        None => (String::new(), USUAL.to_owned()),
        Some("-") => ("standard input".to_owned(), String::from_utf8_lossy(&terminal.input).into_owned()),
        Some(file) => (file.to_owned(), read(file, terminal)?),
    };
    let commands = cluster::script(&name, &script)?;
    let mut rehearsal = Rehearsal::new(&args, terminal)?;
    for (written, command) in commands {
        terminal.out(format!("> {written}\n"));
        rehearsal.perform(command, terminal)?;
    }
    if args.script.is_none() {
        terminal.out(limits());
    }
    terminal.out(rehearsal.left_out());
    Ok(Status::Success)
}

fn read(file: &str, terminal: &Terminal) -> Result<String, String> {
    let bytes = fs::read(terminal.path(file)).map_err(|error| format!("{file}: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Takes the command's own flags out of the arguments; the rest is `template`'s.
fn parse(args: Vec<OsString>) -> Result<SimulateArgs, String> {
    let (mut parsed, mut rest) = (SimulateArgs { nodes: 1, ..SimulateArgs::default() }, Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let written = arg.to_str().and_then(|arg| arg.strip_prefix("--")).map(str::to_owned).unwrap_or_default();
        let (name, value) = match written.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (written.as_str(), None),
        };
        if !matches!(name, "script" | "seed" | "nodes") {
            rest.push(arg);
            continue;
        }
        let next = value.or_else(|| args.next().map(|value| value.to_string_lossy().into_owned()));
        let value = next.ok_or_else(|| format!("flag needs an argument: --{name}"))?;
        let wrong = || format!("--{name} is a number, not `{value}`");
        match name {
            "script" => parsed.script = Some(value),
            "seed" => parsed.seed = value.parse().map_err(|_| wrong())?,
            _ => parsed.nodes = value.parse().ok().filter(|nodes| (1..=MAX_NODES).contains(nodes)).ok_or_else(wrong)?,
        }
    }
    parsed.template = args::parse(rest)?;
    Ok(parsed)
}

/// What isn't simulated, in sentences.
fn limits() -> String {
    let lines: Vec<String> = NOT_SIMULATED.iter().map(|sentence| format!("  {sentence}\n")).collect();
    format!("Not simulated:\n{}", lines.concat())
}
