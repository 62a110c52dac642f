//! What holds whatever is done to charts of many kinds: over random charts and random scripts.

use chartroom::cluster::{Cascade, Cluster, Conflicts, Failure, Kind, Manifest, Pod, Pursuit, Rest, Seed, Settings};
use chartroom::kube::Object;

use super::properties::Dice;

/// The manifest of a set, with what is random about it.
fn set(dice: &mut Dice, kind: &str, name: &str, tag: u64) -> String {
    let spec = match kind {
        "Deployment" => {
            let strategy = dice.one_of(&[
                "{}",
                "{type: Recreate}",
                "{rollingUpdate: {maxSurge: 50%, maxUnavailable: 0}}",
                "{rollingUpdate: {maxSurge: 0, maxUnavailable: 34%}}",
            ]);
            format!("  replicas: {}\n  strategy: {strategy}\n  minReadySeconds: {}\n", dice.below(6), dice.below(2) * 4)
        }
        "DaemonSet" => {
            let strategy =
                dice.one_of(&["{}", "{type: OnDelete}", "{rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"]);
            format!("  updateStrategy: {strategy}\n")
        }
        "StatefulSet" => {
            let strategy = dice.one_of(&["{}", "{type: OnDelete}", "{rollingUpdate: {maxUnavailable: 2}}"]);
            let policy = dice.one_of(&["OrderedReady", "Parallel"]);
            let replicas = dice.below(5);
            format!("  replicas: {replicas}\n  podManagementPolicy: {policy}\n  updateStrategy: {strategy}\n")
        }
        _ => format!("  replicas: {}\n", dice.below(4)),
    };
    let probe = dice.one_of(&["", ", readinessProbe: {tcpSocket: {port: 80}, initialDelaySeconds: 3}"]);
    format!(
        "apiVersion: apps/v1
kind: {kind}
metadata: {{name: {name}}}
spec:
{spec}  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: main, image: '{name}:{tag}'{probe}}}]}}
"
    )
}

fn job(dice: &mut Dice) -> String {
    let rules = dice.one_of(&[
        "",
        "  completionMode: Indexed\n  backoffLimitPerIndex: 1\n",
        "  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [3]}}]}\n",
        "  completionMode: Indexed\n  successPolicy: {rules: [{succeededCount: 1}]}\n",
    ]);
    let (completions, parallelism) = (1 + dice.below(4), 1 + dice.below(3));
    format!(
        "apiVersion: batch/v1
kind: Job
metadata: {{name: work}}
spec:
  completions: {completions}
  parallelism: {parallelism}
  backoffLimit: 2
{rules}  template:
    spec: {{restartPolicy: Never, containers: [{{name: main, image: 'work:1'}}]}}
"
    )
}

fn manifests(texts: &[String]) -> Vec<Manifest> {
    let object = |text: &String| Object::read(text.as_bytes()).expect("a manifest");
    let manifest = |(document, text)| Manifest { document, object: object(text), hook: None };
    texts.iter().enumerate().map(manifest).collect()
}

const SETS: [(&str, &str); 4] =
    [("Deployment", "dep"), ("DaemonSet", "agent"), ("StatefulSet", "web"), ("ReplicaSet", "plain")];

fn chart(dice: &mut Dice, tag: u64) -> Vec<String> {
    let mut texts: Vec<String> = SETS.map(|(kind, name)| set(dice, kind, name, tag)).into();
    texts.push(
        "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n"
            .into(),
    );
    texts.push("apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: dep}\nspec: {maxUnavailable: 1, selector: {matchLabels: {app: dep}}}\n".into());
    texts
}

/// The pods of a set that are there for good, neither ended nor on their way out.
fn active<'c>(cluster: &'c Cluster, app: &'c str) -> impl Iterator<Item = &'c Pod> {
    let is_of = move |pod: &&Pod| pod.meta.labels.get("app").is_some_and(|label| label == app);
    cluster.store().pods.values().filter(|pod| pod.is_active()).filter(is_of)
}

/// A deed, as random as it may be.
fn act(dice: &mut Dice, cluster: &mut Cluster, texts: &[String]) {
    let pods: Vec<String> = cluster.store().pods.keys().map(|key| key.name.clone()).collect();
    let at = usize::try_from(dice.below(pods.len().max(1) as u64)).expect("small");
    let pod = pods.get(at).cloned().unwrap_or_default();
    let node = dice.one_of(&["one", "two"]);
    match dice.below(12) {
        0 => drop(cluster.scale(Kind::Deployment, "dep", usize::try_from(dice.below(6)).expect("small"))),
        1 => drop(cluster.delete(Kind::Pod, &pod, Cascade::Background, None)),
        2 => {
            let tag = dice.below(4);
            let renewed: Vec<String> = texts.iter().map(|text| text.replace(":1'", &format!(":{tag}'"))).collect();
            drop(cluster.upgrade(manifests(&renewed), Conflicts::Force));
        }
        3 => {
            let failures = [Failure::Image, Failure::NeverReady, Failure::Exit(3), Failure::NotAlive];
            cluster.fail_pod(&pod, failures[usize::try_from(dice.below(4)).expect("small")]);
        }
        4 => drop(cluster.drain(node)),
        5 => drop(cluster.uncordon(node)),
        6 => drop(cluster.reboot(node)),
        7 => drop(cluster.rollback(None)),
        8 => drop(cluster.delete(Kind::Deployment, "dep", Cascade::Orphan, None)),
        9 => drop(cluster.evict(&pod)),
        _ => drop(cluster.wait(dice.below(30))),
    }
}

#[test]
fn whatever_is_done_every_run_settles_or_names_what_it_waits_for() {
    for seed in 0..250 {
        let mut dice = Dice(seed + 7_000);
        let nodes = vec!["one".to_owned(), "two".to_owned()];
        let mut cluster = Cluster::new(Settings { seed: Seed(seed), nodes, ..Settings::default() });
        let mut texts = chart(&mut dice, 1);
        texts.push(job(&mut dice));
        cluster.install(manifests(&texts)).expect("an install");
        for _ in 0..dice.below(14) {
            act(&mut dice, &mut cluster, &texts);
            let indexes: Vec<_> =
                active(&cluster, "web").filter_map(|pod| pod.meta.labels.get("apps.kubernetes.io/pod-index")).collect();
            let mut once = indexes.clone();
            once.dedup();
            assert_eq!(indexes, once, "seed {seed}: an ordinal has two pods");
        }
        let names: Vec<String> = cluster.store().pods.keys().map(|key| key.name.clone()).collect();
        names.iter().chain(&["one".to_owned(), "two".to_owned()]).for_each(|name| {
            let _ = cluster.heal(name);
            let _ = cluster.uncordon(name);
        });
        let rest = cluster.run();
        assert_ne!(rest, Rest::TooMuch, "seed {seed}");
        let waits: Vec<&str> = cluster.waits().map(|(_, sentence)| sentence).collect();
        for pod in cluster.store().pods.values().filter(|pod| pod.is_active() && !pod.is_ready()) {
            let is_told = waits.iter().any(|wait| wait.contains(&pod.meta.key.name)) || rest == Rest::Trying;
            assert!(is_told, "seed {seed}: {} isn't Ready, and nobody says why: {waits:?}", pod.meta.key.name);
        }
        for (kind, name, wanted) in wanted(&cluster) {
            let ready = active(&cluster, &name).filter(|pod| pod.is_ready()).count();
            let is_told = !waits.is_empty() || rest == Rest::Trying;
            assert!(ready == wanted || is_told, "seed {seed}: {kind} {name} has {ready} of {wanted} pods: {waits:?}");
        }
        assert!(cluster.store().jobs.values().all(|job| job.end.is_some()), "seed {seed}: the Job goes on");
    }
}

/// How many pods each set is to have.
fn wanted(cluster: &Cluster) -> Vec<(Kind, String, usize)> {
    let store = cluster.store();
    let mut all = Vec::new();
    all.extend(store.deployments.values().map(|set| (Kind::Deployment, set.meta.key.name.clone(), set.replicas)));
    all.extend(store.stateful_sets.values().map(|set| (Kind::StatefulSet, set.meta.key.name.clone(), set.replicas)));
    all.extend(store.daemon_sets.values().map(|set| (Kind::DaemonSet, set.meta.key.name.clone(), set.desired)));
    all
}

#[test]
fn a_run_in_pieces_is_the_same_as_a_run() {
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let texts = chart(&mut dice, 1);
        let mut whole = Cluster::new(Settings { seed: Seed(seed), ..Settings::default() });
        whole.install(manifests(&texts)).expect("an install");
        let mut pieces = whole.clone();
        let (mut pursuit, mut count) = (Pursuit::rest(), 0);
        let rest = loop {
            count += 1;
            if let Some(rest) = pieces.pursue(&mut pursuit, 20) {
                break rest;
            }
        };
        assert_eq!((rest, pieces.events().len()), (whole.run(), whole.events().len()), "seed {seed}");
        assert_eq!((pieces.events(), pieces.now()), (whole.events(), whole.now()), "seed {seed}");
        assert!(count > 1, "seed {seed}: one piece was enough");
    }
}
