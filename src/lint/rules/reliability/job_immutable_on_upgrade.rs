//! A Job that the next upgrade may not change.

use crate::kube::WorkloadKind;
use crate::lint::cx::{Cx, WorkloadSubject};
use crate::lint::pods::is_hook;
use crate::lint::report::Report;
use crate::lint::{Activation, Docs, Group, Rule, Scene};
use crate::source::{Severity, Step};

/// A Job that stays, and is called the same after an upgrade.
pub static RULE: Rule = Rule {
    id: "job-immutable-on-upgrade",
    group: Group::Reliability,
    severity: Severity::Note,
    activation: Activation::On,
    title: "Job that an upgrade can't change",
    docs: Docs {
        what: "A Job that is no hook, doesn't delete itself (`ttlSecondsAfterFinished`), and whose name holds neither \
               the revision nor a version.",
        why: "The template of a Job can't be changed: an upgrade with another image fails with `field is immutable`.",
        fix: "Make it a hook, or let its name end in `{{ .Release.Revision }}`.",
    },
    bad: "\
apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: import
          image: import:1.0
",
    good: "\
apiVersion: batch/v1
kind: Job
metadata:
  name: import
spec:
  ttlSecondsAfterFinished: 600
  template:
    spec:
      restartPolicy: OnFailure
      containers:
        - name: import
          image: import:1.0
",
    check,
};

fn check(cx: &Cx, report: &mut Report) {
    for workload in cx.workloads_of(WorkloadKind::Job) {
        let object = workload.subject.object;
        let goes = object.at("spec.ttlSecondsAfterFinished").is_present() || is_hook(workload.subject);
        if !goes && !is_new_each_time(cx, workload) {
            let message = "a Job can't be changed: an upgrade with another image or other settings fails".to_owned();
            let fix = "make it a hook, or let its name end in the release's revision".to_owned();
            report.leading(workload.subject, vec![RULE.concern(&object.metadata().get("name"), message, fix)]);
        }
    }
}

/// Whether an upgrade makes another Job: its name changes along.
fn is_new_each_time(cx: &Cx, workload: &WorkloadSubject) -> bool {
    let name = workload.subject.object.metadata().get("name");
    let Some(written) = name.string() else { return true };
    let place = workload.subject.object.place(name.path());
    let fed = place.is_some_and(|place| {
        let changes = |scene: Scene| {
            let pieces = scene.pieces(workload.subject.index, &place.value);
            pieces.iter().any(|piece| scene.fed(piece.origin).any(|path| is_changing(&path)))
        };
        cx.scene().is_some_and(changes)
    });
    fed || written.rsplit('-').next().is_some_and(is_hash)
}

/// Whether what stands at a path is another after an upgrade, or with another image.
fn is_changing(path: &[Step]) -> bool {
    matches!(path.last(), Some(Step::Key(key)) if is_version(key))
}

fn is_version(key: &str) -> bool {
    let key = key.to_lowercase();
    ["revision", "version", "tag", "digest"].iter().any(|word| key.ends_with(word))
}

/// Whether a word is a number, a version or a hash.
fn is_hash(word: &str) -> bool {
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let is_number = word.strip_prefix('v').unwrap_or(word).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    has_digit && (is_number || word.len() >= 5 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
