//! `chartroom why`: why a line is there, in words.

use chartroom::cli::Status;

use crate::source_map::{FILES, Folder};

/// The card for the first line that holds `words`, without the spaces that align it.
fn card(folder: &Folder, args: &str, words: &str, column: bool) -> Vec<String> {
    let (_, output, _) = folder.run(&format!("template {args}"));
    let (line, text) = output.lines().enumerate().find(|(_, line)| line.contains(words)).expect("the line");
    let column = if column { format!(":{}", text.find(words).expect("the words") + 1) } else { String::new() };
    let (status, card, said) = folder.run(&format!("why {args} --at {}{column}", line + 1));
    assert_eq!(status, Status::Success, "{said}");
    card.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn a_card_names_value_printer_conditions_and_defaults() {
    let folder = Folder::of("why", FILES);
    let args = "rel c -f prod.yaml --set s.set=yes";
    assert_eq!(
        card(&folder, args, "replicas: 3", false)[1..],
        [
            "value .Values.replicas = 3 (prod.yaml:1)",
            "over 1 (c/values.yaml:1)",
            "printed by {{ .Values.replicas }} (c/templates/a.yaml:5:14)",
            "in c/templates/a.yaml",
            "present because if gt (int .Values.replicas) 1 is true (c/templates/a.yaml:4:8)",
            ".Values.replicas = 3 (prod.yaml:1)",
        ]
    );
    assert_eq!(
        card(&folder, args, "tag:", false)[1..],
        [
            "value .Chart.AppVersion = 1.16 (c/Chart.yaml:4)",
            "default used .Values.image.tag is empty (\"\"), so the default, .Chart.AppVersion, gave \"1.16\" (c/values.yaml:3)",
            "printed by {{ .Values.image.tag | default .Chart.AppVersion | quote }} (c/templates/a.yaml:7:9)",
            "in c/templates/a.yaml",
        ]
    );
    assert_eq!(
        card(&folder, args, "blue", true)[1..],
        [
            "word: blue",
            "value .Values.labels.team = blue (c/values.yaml:4)",
            "printed by {{ toYaml .Values.labels }} (c/templates/_helpers.tpl:3:4)",
            "in c/templates/a.yaml",
            "in include \"c.labels\" (c/templates/a.yaml:3:7)",
        ]
    );
    assert_eq!(
        card(&folder, args, "kind: B", false)[1..],
        ["printed by the text `kind: B` (c/charts/s/templates/b.yaml:1:1)", "in c/charts/s/templates/b.yaml"]
    );
    assert_eq!(
        card(&folder, args, "old:", false)[1],
        "default used .Values.old is not set, so the default gave none (deleted by null in prod.yaml:2)"
    );
    assert_eq!(card(&folder, args, "---", false)[1], "printed by Helm itself");
}

#[test]
fn what_cannot_be_explained_is_said() {
    let folder = Folder::of("why-not", FILES);
    for (args, said) in [
        ("why rel c", "Error: say which line, as --at LINE or --at LINE:COLUMN\n"),
        ("why rel c --at 0", "Error: --at is LINE or LINE:COLUMN, counted from 1, not `0`\n"),
        ("why rel c --at 900", "Error: there is no line 900: the output has 15 lines\n"),
    ] {
        let (status, _, error) = folder.run(args);
        assert_eq!((status, error.as_str()), (Status::Failure, said));
    }
}

#[test]
fn the_table_of_values_says_who_set_overrode_deleted_and_reads() {
    let files = [
        FILES,
        &[
            ("c/templates/d.yaml", "{{- if hasKey .Values \"flag\" }}\nflag: {{ toJson .Values.list }}\n{{- end }}\n{{- if .Values.off }}{{ .Values.unread }}{{ end }}\n"),
            ("more.yaml", "flag: false\nlist: [1, 2]\nglobal: {zone: z}\nunread: 1\n"),
        ],
    ]
    .concat();
    let folder = Folder::of("values", &files);
    let (status, table, said) = folder.run("values rel c -f prod.yaml -f more.yaml --set s.set=yes");
    assert_eq!((status, said.as_str()), (Status::Success, ""));
    let lines: Vec<String> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        lines,
        [
            "KEY VALUE SET BY OVERRODE READ BY",
            "flag false more.yaml:1 c/templates/d.yaml",
            "global.zone z more.yaml:3 -",
            "image.tag \"\" c/values.yaml:3 c/templates/a.yaml",
            "labels.team blue c/values.yaml:4 c/templates/_helpers.tpl",
            "list [2 items] more.yaml:2 c/templates/d.yaml",
            "old - deleted by prod.yaml:2 {1 key} (c/values.yaml:5) c/templates/a.yaml",
            "old.a - deleted by prod.yaml:2 1 (c/values.yaml:5) -",
            "replicas 3 prod.yaml:1 1 (c/values.yaml:1) c/templates/a.yaml",
            "s.port 80 c/charts/s/values.yaml:1 c/charts/s/templates/b.yaml",
            "s.set yes --set s.set=yes c/charts/s/templates/b.yaml",
            "unread 1 more.yaml:4 not reached in c/templates/d.yaml",
            "unused x c/values.yaml:6 -",
            "",
            "Read by no template (2):",
            "global.zone (more.yaml:3)",
            "unused (c/values.yaml:6)",
        ]
    );
}

#[test]
fn what_is_imported_from_a_chart_is_read_where_its_parent_reads_it() {
    let folder = Folder::of(
        "imported",
        &[
            (
                "c/Chart.yaml",
                "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies:\n- {name: s, version: 0.1.0, import-values: [{child: out, parent: got}]}\n",
            ),
            ("c/values.yaml", "a: 1\n"),
            ("c/templates/a.yaml", "a: {{ .Values.a }}\nb: {{ .Values.got.key }}\n"),
            ("c/charts/s/Chart.yaml", "apiVersion: v2\nname: s\nversion: 0.1.0\n"),
            ("c/charts/s/values.yaml", "out: {key: x, other: z}\n"),
        ],
    );
    let (_, table, _) = folder.run("values rel c");
    let lines: Vec<String> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "got.key x c/charts/s/values.yaml:1 c/templates/a.yaml",
        "got.other z c/charts/s/values.yaml:1 -",
        "s.out.key x c/charts/s/values.yaml:1 c/templates/a.yaml",
        "s.out.other z c/charts/s/values.yaml:1 -",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line} in\n{table}");
    }
}
