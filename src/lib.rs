//! Chartroom: a Helm chart opened in a page. What Helm would render, why each line is there, what is wrong with it,
//! and what a cluster would make of it.
//!
//! # Floors
//!
//! A module imports only from lower floors: never sideways, never up. Only [`app`] names yew, gloo, `web_sys`, `js_sys` or
//! `wasm_bindgen`. The test `floors` in `tests/it` holds us to it.
//!
//! ```text
//! 8  app                                         Yew: panes, components, effects, the worker's two ends
//! 7  share           report                      workspace <-> link, archive │ lint report, values reference
//! 6  workspace                                   the view-model: state, actions, analysis, as plain data
//! 5  lint            cluster         helm_lint   rules over manifests │ controllers over objects │ what `helm lint` says
//! 4  engine                                      Helm: chart + values -> rendered manifests + source map
//! 3  sprig           chart          kube         function library │ chart model │ Kubernetes objects
//! 2  template        yaml           jinja        Go text/template │ YAML with Go's semantics │ the Jinja dialect
//!    semver                                      versions and constraints
//! 1  value                                       Go's dynamic values, formatting, JSON, time
//! 0  source         helm                         files, spans, diagnostics, origins │ which Helm is followed (std only)
//! ```
//!
//! minijinja, on which `jinja` stands, is left out of the page's own Wasm (feature `jinja`): the worker fetches one that has
//! it when a chart needs it. Of the page's own, what the first output does not need is fetched later (`app::worker`): all
//! that a [`workspace::Question`] asks for, the linter, and the cluster. So the default chart comes with what the engine
//! makes of it as a file ([`workspace::Opening`]). Reports from
//! templates are written by the worker that has minijinja, too.
//!
//! # Invariants below `app`
//!
//! - Maps are shared by reference ([`value::Map`]); they may contain themselves, so whoever walks a value counts depth.
//! - Text knows where it comes from ([`value::Text`], [`source::Runs`]), and every value in a container remembers what
//!   it was read from ([`value::Traced`]). Functions that keep a text's shape keep its runs.
//! - Nothing ends the page: no panic on user data, no unbounded loop; work is charged against [`template::Limits`].
//! - Nothing is random: clock, randomness and cluster come from [`template::World`]. No `HashMap`: its order would show.

#[cfg(feature = "web")]
pub mod app;
pub mod chart;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod cluster;
pub mod engine;
pub mod helm;
pub mod helm_lint;
pub mod jinja;
pub mod kube;
pub mod lint;
pub mod report;
pub mod semver;
pub mod share;
pub mod source;
pub mod sprig;
pub mod template;
pub mod value;
pub mod workspace;
pub mod yaml;
