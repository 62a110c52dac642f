//! The settings that one needs now and then, behind a word in the bar.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::{Choice, Chooser, Field};
use crate::app::hooks::{use_dispatch, use_workspace};
use crate::chart::Operation;
use crate::workspace::{Action, Setting};

/// What the menu calls the two.
const OPERATIONS: [(Operation, &str); 2] = [(Operation::Install, "install"), (Operation::Upgrade, "upgrade")];

/// Install or upgrade, the revision, further API versions.
#[component]
pub fn MoreSettings() -> Html {
    let workspace = use_workspace();
    let dispatch = use_dispatch();
    let settings = &workspace.experiment.settings;
    let set = |setting: fn(&str) -> Option<Setting>| {
        let dispatch = dispatch.clone();
        Callback::from(move |text: AttrValue| {
            if let Some(setting) = setting(text.trim()) {
                dispatch.dispatch(Action::Set(setting));
            }
        })
    };
    let on_apis = set(|text| Some(Setting::ApiVersions(text.into())));
    let word = OPERATIONS.iter().find(|(operation, _)| *operation == settings.operation).map_or("", |(_, word)| *word);
    let choice = |(_, word): (Operation, &'static str)| Choice {
        value: word.into(),
        label: word.into(),
        group: AttrValue::default(),
    };
    let is_upgrade = settings.operation == Operation::Upgrade;
    let summary = match (is_upgrade, settings.revision, settings.api_versions.is_empty()) {
        (false, 1, true) => "more".to_owned(),
        (_, revision, _) => format!("{word}, revision {revision}"),
    };
    html! {
        <details class="bar-more">
            <summary>{ summary }</summary>
            <div class="bar-more-body">
                <span class="field">
                    <span>{ "Helm does an" }</span>
                    <Chooser label="Install or upgrade" choices={OPERATIONS.map(choice).to_vec()} chosen={Some(AttrValue::from(word))} on_choose={set(operation)}>
                        { word }
                    </Chooser>
                </span>
                <Field label="Revision" word="revision" value={settings.revision.to_string()} on_change={set(revision)} />
                <Field label="Further API versions" word="further APIs" value={Rc::clone(&settings.api_versions)}
                    placeholder="none" on_change={on_apis} />
                <p class="quiet">{ "As --api-versions takes them, with commas: monitoring.coreos.com/v1" }</p>
            </div>
        </details>
    }
}

fn operation(word: &str) -> Option<Setting> {
    OPERATIONS.iter().find(|(_, known)| *known == word).map(|(operation, _)| Setting::Operation(*operation))
}

fn revision(text: &str) -> Option<Setting> {
    text.parse().ok().map(Setting::Revision)
}
