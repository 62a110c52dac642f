//! What holds whatever is done: over random sets and random scripts.

use chartroom::cluster::{Cascade, Cluster, Conflicts, Failure, Kind, Manifest, Rest, Seed, Settings};
use chartroom::kube::Object;

/// Numbers that look random, the same each time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, high: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % high
    }

    pub(super) fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let at = self.below(words.len() as u64);
        words[usize::try_from(at).expect("small")]
    }
}

/// A set of pods, as random as it may be.
fn set(dice: &mut Dice) -> String {
    let policy = dice.one_of(&["OrderedReady", "Parallel"]);
    let strategy = dice.one_of(&["type: OnDelete", "type: RollingUpdate", "rollingUpdate: {partition: 2}"]);
    let retention = dice.one_of(&["{}", "{whenScaled: Delete}", "{whenDeleted: Delete}"]);
    let probe = dice.one_of(&["", "\n          readinessProbe: {tcpSocket: {port: 80}}"]);
    let (replicas, start, min_ready) = (dice.below(6), dice.below(3), dice.below(2) * 5);
    format!(
        "apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  replicas: {replicas}
  podManagementPolicy: {policy}
  minReadySeconds: {min_ready}
  ordinals: {{start: {start}}}
  updateStrategy: {{{strategy}}}
  persistentVolumeClaimRetentionPolicy: {retention}
  serviceName: web
  selector:
    matchLabels: {{app: web}}
  template:
    metadata:
      labels: {{app: web}}
    spec:
      containers:
        - name: web
          image: web:{}{probe}
  volumeClaimTemplates:
    - metadata: {{name: data}}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {{requests: {{storage: 1Gi}}}}
",
        dice.below(3)
    )
}

fn manifests(text: &str) -> Vec<Manifest> {
    let object = Object::read(text.as_bytes()).expect("a manifest");
    vec![Manifest { document: 0, object, hook: None }]
}

fn settings(seed: u64) -> Settings {
    Settings { seed: Seed(seed), minor: if seed.is_multiple_of(2) { 34 } else { 36 }, ..Settings::default() }
}

/// What must hold at every moment: `OrderedReady` makes no pod while one with a lower ordinal isn't Ready.
struct Watch {
    told: usize,
}

impl Watch {
    fn look(&mut self, cluster: &Cluster, is_ordered: bool) {
        for event in &cluster.events()[self.told..] {
            if !is_ordered || !event.sentence.contains(" is made") || event.about.kind != "Pod" {
                continue;
            }
            let ordinal = |name: &str| name.rsplit('-').next().and_then(|number| number.parse::<u32>().ok());
            let made = ordinal(&event.about.name).expect("an ordinal");
            let below = cluster.store().pods.values().filter(|pod| ordinal(&pod.meta.key.name) < Some(made));
            for pod in below.filter(|pod| pod.meta.created < event.at) {
                // It may have been lost since, but not before.
                let is_fine = pod.is_ready() || pod.meta.is_deleting();
                assert!(is_fine, "{} was made while {} wasn't Ready", event.about.name, pod.meta.key.name);
            }
        }
        self.told = cluster.events().len();
    }
}

#[test]
fn whatever_is_done_to_a_set_its_promises_hold() {
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let text = set(&mut dice);
        let is_ordered = text.contains("OrderedReady");
        let keeps_claims = text.contains("RetentionPolicy: {}");
        let mut cluster = Cluster::new(settings(seed));
        let mut watch = Watch { told: 0 };
        cluster.install(manifests(&text)).expect("an install");
        let mut most_claims = 0;
        for _ in 0..dice.below(12) {
            let name = format!("web-{}", dice.below(6));
            match dice.below(9) {
                0 => drop(cluster.scale(Kind::StatefulSet, "web", usize::try_from(dice.below(6)).expect("small"))),
                1 => drop(cluster.delete(Kind::Pod, &name, Cascade::Background, None)),
                2 => {
                    let image = format!("image: web:{}", dice.below(4));
                    let at = text.find("image: web:").expect("an image");
                    let changed = [&text[..at], &image, &text[at + image.len()..]].concat();
                    drop(cluster.upgrade(manifests(&changed), Conflicts::Force));
                }
                3 => {
                    let failures = [Failure::Image, Failure::NeverReady, Failure::Crash, Failure::NeverStops];
                    let failure = failures[usize::try_from(dice.below(4)).expect("small")];
                    cluster.fail_pod(&name, failure);
                }
                4 => drop(cluster.heal(&name)),
                5 => drop(cluster.rollback(None)),
                6 => drop(cluster.wait(dice.below(40))),
                _ => drop(cluster.step()),
            }
            watch.look(&cluster, is_ordered);
            let claims = cluster.store().claims.len();
            assert!(!keeps_claims || claims >= most_claims, "seed {seed}: a claim was lost");
            most_claims = most_claims.max(claims);
        }
        for name in (0..8).map(|number| format!("web-{number}")) {
            let _ = cluster.heal(&name);
        }
        assert_ne!(cluster.run(), Rest::TooMuch, "seed {seed}");
        let (wanted, ready) = cluster.store().stateful_sets.values().next().map_or((0, 0), |set| {
            let pods = cluster.store().pods.values();
            (set.replicas, pods.filter(|pod| pod.is_running_and_ready()).count())
        });
        let waits = cluster.waits().count();
        assert!(ready == wanted || waits > 0, "seed {seed}: {ready} of {wanted} are Ready, and nobody says why");
    }
}

/// A Deployment of that many pods.
fn deployment(replicas: usize, strategy: &str, tag: u64) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: api}}
spec:
  replicas: {replicas}
  strategy: {{{strategy}}}
  selector: {{matchLabels: {{app: api}}}}
  template:
    metadata: {{labels: {{app: api}}}}
    spec: {{containers: [{{name: api, image: \"api:{tag}\"}}]}}
"
    )
}

#[test]
fn a_rollout_keeps_to_its_surge_and_to_what_may_be_unavailable() {
    for seed in 0..200 {
        let mut dice = Dice(seed);
        let replicas = usize::try_from(1 + dice.below(12)).expect("small");
        let (surge, unavailable) = (dice.below(4), dice.below(4));
        let strategy = format!("rollingUpdate: {{maxSurge: {surge}, maxUnavailable: {unavailable}}}");
        let unavailable = if surge == 0 { unavailable.max(1) } else { unavailable };
        let mut cluster = Cluster::new(settings(seed));
        cluster.install(manifests(&deployment(replicas, &strategy, 1))).expect("an install");
        cluster.run();
        for tag in 2..4 {
            cluster.upgrade(manifests(&deployment(replicas, &strategy, tag)), Conflicts::Fail).expect("an upgrade");
            let mut steps = 0;
            loop {
                let pods = || cluster.store().pods.values().filter(|pod| pod.is_active());
                let (all, ready) = (pods().count(), pods().filter(|pod| pod.is_ready()).count());
                let least = replicas.saturating_sub(usize::try_from(unavailable).expect("small"));
                assert!(ready >= least, "seed {seed}: {ready} of {replicas} are Ready, {unavailable} may be missing");
                assert!(all <= replicas + usize::try_from(surge).expect("small"), "seed {seed}: {all} pods");
                steps += 1;
                // The second update comes into the middle of the first.
                if (tag == 2 && steps > dice.below(30)) || !cluster.step() {
                    break;
                }
            }
        }
        let updated = cluster.store().replica_sets.values().filter(|set| set.replicas > 0).count();
        assert_eq!((updated, cluster.run()), (1, Rest::Settled), "seed {seed}");
    }
}

#[test]
fn a_thousand_pods_are_borne() {
    let mut cluster = Cluster::new(settings(1));
    cluster.install(manifests(&deployment(1000, "", 1))).expect("an install");
    assert_eq!(cluster.run(), Rest::Settled);
    assert_eq!(cluster.store().pods.len(), 1000);
}

#[test]
fn the_same_seed_gives_the_same_names_and_another_one_others() {
    let names = |seed: u64| {
        let mut cluster = Cluster::new(settings(seed));
        cluster.install(manifests(&deployment(4, "", 1))).expect("an install");
        cluster.run();
        let names: Vec<String> = cluster.store().pods.keys().map(|key| key.name.clone()).collect();
        names
    };
    assert_eq!(names(1), names(1));
    assert_eq!(names(1).len(), 4);
    assert_ne!(names(1), names(2));
}

#[test]
fn manifests_of_any_shape_are_borne() {
    let texts = [
        "kind: StatefulSet\napiVersion: apps/v1\n",
        "kind: StatefulSet\napiVersion: apps/v1\nmetadata: {name: x}\nspec: {replicas: -1}\n",
        "kind: StatefulSet\napiVersion: apps/v1\nmetadata: {name: x}\nspec: {replicas: 999999999}\n",
        "kind: StatefulSet\napiVersion: apps/v1\nmetadata: {name: x}\nspec: {ordinals: {start: 9007199254740992}}\n",
        "kind: StatefulSet\napiVersion: apps/v1\nmetadata: 3\nspec: [1]\n",
        "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: x}\nspec: {replicas: 5, strategy: {rollingUpdate: {maxSurge: \"99999999999999999999%\"}}}\n",
        "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: x}\nspec: {replicas: 0}\n",
        "kind: DaemonSet\napiVersion: apps/v1\nmetadata: {name: x}\nspec: {updateStrategy: {rollingUpdate: {maxUnavailable: -5}}}\n",
        "kind: Job\napiVersion: batch/v1\nmetadata: {name: x}\nspec: {parallelism: 99999, completions: 99999, template: {spec: {restartPolicy: Never, containers: [{name: a}]}}}\n",
        "kind: Job\napiVersion: batch/v1\nmetadata: {name: x}\nspec: {}\n",
        "kind: CronJob\napiVersion: batch/v1\nmetadata: {name: x}\nspec: {schedule: \"* * * * *\"}\n",
        "kind: CronJob\napiVersion: batch/v1\nmetadata: {name: x}\nspec: {schedule: 5}\n",
        "kind: Service\napiVersion: v1\nmetadata: {name: x}\nspec: {ports: [{port: x}, 3]}\n",
        "kind: PersistentVolumeClaim\napiVersion: v1\nmetadata: {name: x}\nspec: {resources: {requests: {storage: much}}}\n",
        "kind: PersistentVolume\napiVersion: v1\nmetadata: {name: x}\nspec: {capacity: {storage: []}}\n",
        "kind: Pod\napiVersion: v1\nmetadata: {name: x}\nspec: {containers: [{readinessProbe: {initialDelaySeconds: -1, periodSeconds: 9999999999999}}]}\n",
        "kind: Pod\napiVersion: v1\nmetadata: {name: x}\n",
        "- 1\n",
        "3\n",
    ];
    let kinds = ["po", "sts", "deploy", "rs", "ds", "job", "cj", "svc", "ep", "pvc", "pv", "sc", "no", "events"];
    let kinds: Vec<Kind> = kinds.iter().filter_map(|name| Kind::named(name)).collect();
    for text in texts {
        let mut cluster = Cluster::new(settings(1));
        let _ = cluster.install(manifests(text));
        assert_ne!(cluster.run(), Rest::TooMuch, "{text}");
        cluster.wait(3600);
        assert!(!cluster.get(&kinds, chartroom::cluster::Form::Wide).is_empty());
        let _ = cluster.upgrade(manifests(text), Conflicts::Fail);
        let _ = cluster.uninstall();
        assert_ne!(cluster.run(), Rest::TooMuch, "{text}");
    }
}
