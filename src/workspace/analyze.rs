//! From an experiment to what is said about it. Never fails: whatever goes wrong is part of the answer.

use super::{Analysis, Content, Experiment, outline};

/// What Helm makes of an experiment, and what is wrong with it.
pub fn analyze(experiment: &Experiment) -> Analysis {
    let (name, _) = experiment.chart_title();
    let printed = experiment.files.iter().filter(|(path, _)| path.is_template() && path.extension() == "yaml");
    let manifest = |(path, content): (&super::FilePath, &Content)| {
        let text = content.text().map(|text| text.trim()).unwrap_or_default();
        format!("---\n# Source: {name}/{path}\n{text}\n")
    };
    let output: String = printed.map(manifest).collect();
    Analysis { documents: outline(&output), output, ..Analysis::default() }
}
