//! Fixes leave alone what only looks like a part of what they mend: each of these was seen in a public chart.

use chartroom::lint::{FixKind, fix};

use super::config;
use super::examples::in_chart;
use crate::txtar::Archive;

/// What a rule's fix does to the files of a chart: whether it is sure, and what it writes in place of what.
fn mends(rule: &str, files: &str) -> Vec<(FixKind, Vec<(String, String)>)> {
    let archive = Archive::parse(files);
    let found = in_chart(&archive, &config());
    let own = found.findings.iter().filter(|finding| finding.rule == rule);
    let mended = own.map(|finding| {
        let document = found.documents().get(finding.place.document);
        let fix = fix(finding, document, found.files(), found.trace())?;
        let edits = fix.edits.iter().map(|edit| {
            let file = found.files().find(&edit.path).and_then(|file| found.files().get(file)).expect("a file");
            let old = file.text.get(edit.range.clone()).expect("a piece");
            (String::from_utf8_lossy(old).into_owned(), edit.text.clone())
        });
        Some((fix.kind, edits.collect()))
    });
    let all: Vec<_> = mended.collect();
    assert!(!all.is_empty(), "{rule} finds nothing");
    all.into_iter().flatten().collect()
}

fn edit(old: &str, new: &str) -> (String, String) {
    (old.to_owned(), new.to_owned())
}

const PROBE: &str = "\n      startupProbe: {tcpSocket: {\"port\":80}, periodSeconds: 10, failureThreshold: 18}";

const POD: &str = "-- templates/a.yaml --\napiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}-a}\nspec:\n";

#[test]
fn a_line_goes_without_the_blocks_below_it() {
    let pod = format!(
        "{POD}  containers: [{{name: a, image: \"a:1\"}}]\n  hostNetwork: true\n  \
         {{{{- if .Values.node }}}}\n  nodeName: {{{{ .Values.node }}}}\n  {{{{- end }}}}\n  restartPolicy: Never\n"
    );
    assert_eq!(mends("host-network", &pod), [(FixKind::Safe, vec![edit("\n  hostNetwork: true", "")])]);
}

#[test]
fn of_what_an_action_prints_no_part_goes_but_its_value_is_set() {
    let values = "-- values.yaml --\nprobe:\n  tcpSocket: {port: 80}\n  initialDelaySeconds: 90\n  periodSeconds: 7\n";
    let pod = format!(
        "{values}{POD}  containers:\n    - name: a\n      image: a:1\n      ports: [{{containerPort: 80}}]\n      livenessProbe:\n\
         {{{{ toYaml .Values.probe | indent 8 }}}}\n"
    );
    assert_eq!(
        mends("slow-start-without-startup-probe", &pod),
        [(FixKind::Guided, vec![edit("", PROBE), edit("90", "0")])]
    );
}

#[test]
fn a_startup_probe_asks_what_is_there_and_leaves_no_value_unread() {
    let pod = |delay: &str, port: u16| {
        format!(
            "-- values.yaml --\ndelay: 90\n{POD}  containers:\n    - name: a\n      image: a:1\n      \
             ports: [{{containerPort: 80}}]\n      livenessProbe:\n        tcpSocket: {{port: {port}}}\n        \
             initialDelaySeconds: {delay}\n"
        )
    };
    let rule = "slow-start-without-startup-probe";
    let removed = vec![edit("", PROBE), edit("        initialDelaySeconds: 90\n", "")];
    assert_eq!(mends(rule, &pod("90", 80)), [(FixKind::Guided, removed)]);
    let set = vec![edit("", PROBE), edit("90", "0")];
    assert_eq!(mends(rule, &pod("{{ .Values.delay }}", 80)), [(FixKind::Guided, set)]);
    assert_eq!(mends(rule, &pod("90", 81)), []);
}

#[test]
fn what_an_include_prints_stays() {
    let pod = format!(
        "-- templates/_h.tpl --\n{{{{ define \"p\" }}}}\nlivenessProbe:\n  {{{{- toYaml .Values.probe | nindent 2 }}}}\n{{{{ end }}}}\n\
         -- values.yaml --\nprobe:\n  tcpSocket: {{port: 80}}\n  initialDelaySeconds: 90\n{POD}  containers:\n    - name: a\n      \
         image: a:1\n      ports: [{{containerPort: 80}}]\n      {{{{- include \"p\" . | nindent 6 }}}}\n"
    );
    assert_eq!(
        mends("slow-start-without-startup-probe", &pod),
        [(FixKind::Guided, vec![edit("", PROBE), edit("90", "0")])]
    );
}

#[test]
fn what_a_checksum_follows_is_for_somebody_to_look_at() {
    let config = "-- values.yaml --\nsize: 1000000\n-- templates/config.yaml --\napiVersion: v1\nkind: ConfigMap\n\
                  metadata: {name: \"{{ .Release.Name }}-a\"}\ndata:\n  size: \"{{ .Values.size }}\"\n";
    let pods = "-- templates/pod.yaml --\napiVersion: v1\nkind: Pod\nmetadata:\n  name: \"{{ .Release.Name }}-a\"\n  annotations:\n    \
                sum: {{ include (print $.Template.BasePath \"/config.yaml\") . | sha256sum }}\nspec: {containers: [{name: a, image: \"a:1\"}]}\n";
    let kinds = |files: &str| mends("large-integer-float", files).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    assert_eq!(kinds(config), [FixKind::Safe]);
    assert_eq!(kinds(&format!("{config}{pods}")), [FixKind::Guided]);
}

#[test]
fn a_value_is_switched_off_rather_than_no_longer_read() {
    let pod = format!(
        "-- values.yaml --\nshared: true\n{POD}  hostNetwork: {{{{ .Values.shared }}}}\n  containers: [{{name: a, image: \"a:1\"}}]\n"
    );
    assert_eq!(mends("host-network", &pod), [(FixKind::Safe, vec![edit("true", "false")])]);
}

#[test]
fn what_a_helper_prints_is_indented_as_the_helper_is() {
    let pod = "-- templates/_h.tpl --\n{{ define \"c\" }}\n- name: a\n  image: a:1\n{{ end }}\n-- templates/a.yaml --\napiVersion: v1\nkind: Pod\n\
               metadata: {name: {{ .Release.Name }}-a}\nspec:\n  containers:\n    {{- include \"c\" . | nindent 4 }}\n";
    let want = edit("", "\n  securityContext: {readOnlyRootFilesystem: true}");
    assert_eq!(mends("no-read-only-root-fs", pod), [(FixKind::Guided, vec![want])]);
}

#[test]
fn what_probes_rely_on_stays() {
    let pod = format!(
        "{POD}  hostNetwork: true\n  containers:\n    - name: a\n      image: a:1\n      ports: [{{containerPort: 80}}]\n      \
         readinessProbe: {{httpGet: {{host: 127.0.0.1, port: 80, path: /}}}}\n"
    );
    assert_eq!(mends("host-network", &pod), []);
}

#[test]
fn a_value_is_set_only_where_it_is_printed_as_it_is_and_nowhere_else() {
    let probed = |time: &str, more: &str| {
        format!(
            "-- values.yaml --\ntime: 15\n{POD}  containers:\n    - name: a\n      image: a:1\n      ports: [{{containerPort: 80}}]\n      \
             args: [{more}]\n      readinessProbe: {{httpGet: {{port: 80, path: /}}, timeoutSeconds: {time}}}\n"
        )
    };
    let rule = "probe-timeout-exceeds-period";
    assert_eq!(mends(rule, &probed("{{ .Values.time }}", "")), [(FixKind::Safe, vec![edit("15", "10")])]);
    assert_eq!(mends(rule, &probed("{{ add1 .Values.time }}", "")), []);
    assert_eq!(mends(rule, &probed("{{ .Values.time }}", "\"{{ sub .Values.time 1 }}\"")), []);
    let decided = "\"{{ if gt (int .Values.time) 12 }}--slow{{ end }}\"";
    assert_eq!(mends(rule, &probed("{{ .Values.time }}", decided)), []);
    let asked = "\"{{ if .Values.time }}--timed{{ end }}\"";
    assert_eq!(mends(rule, &probed("{{ .Values.time }}", asked)).len(), 1);
}

#[test]
fn a_map_that_templates_may_fill_is_not_written_twice() {
    let claim = |annotations: &str| {
        format!(
            "-- templates/a.yaml --\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: {{{{ .Release.Name }}}}-a\n\
             {annotations}spec:\n  accessModes: [ReadWriteOnce]\n  resources: {{requests: {{storage: 1Gi}}}}\n"
        )
    };
    assert_eq!(mends("claim-deleted-on-uninstall", &claim("")).len(), 1);
    let empty = "  annotations:\n    {{- if .Values.keep }}\n    helm.sh/resource-policy: keep\n    {{- end }}\n";
    assert_eq!(mends("claim-deleted-on-uninstall", &claim(empty)), []);
}

#[test]
fn all_mounts_of_a_volume_that_write_are_mended_together() {
    let pod = format!(
        "{POD}  volumes: [{{name: v, hostPath: {{path: /srv/a, type: Directory}}}}]\n  containers:\n    - name: a\n      image: a:1\n      \
         volumeMounts:\n        - name: v\n          mountPath: /a\n        {{{{- if .Values.more }}}}\n        - name: w\n          \
         mountPath: /w\n        {{{{- end }}}}\n    - name: b\n      image: b:1\n      volumeMounts:\n        - {{name: v, mountPath: /b}}\n"
    );
    let add = "\n          readOnly: true";
    let want = [(FixKind::Safe, vec![edit("", add), edit("", "readOnly: true, ")])];
    assert_eq!(mends("writable-host-mount", &pod), want);
}

#[test]
fn a_text_is_not_called_a_list() {
    let chart = |source: &str| {
        format!(
            "-- Chart.yaml --\napiVersion: v2\nname: a\nversion: 1.0.0\nsource: {source}\n-- templates/a.yaml --\napiVersion: v1\n\
             kind: ConfigMap\nmetadata: {{name: {{{{ .Release.Name }}}}-a}}\n"
        )
    };
    assert_eq!(mends("chart-yaml-strict", &chart("https://a.example")), []);
    assert_eq!(mends("chart-yaml-strict", &chart("[https://a.example]")).len(), 1);
}
