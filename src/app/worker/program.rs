//! Which Wasm a worker runs: the page's own, which is there already, or the one that has minijinja in it, which is
//! fetched when a chart needs it.

use std::cell::RefCell;

use js_sys::{Object, Reflect};
use web_sys::Url;

use super::glue;
use crate::workspace::{Experiment, JinjaFinder};

thread_local! {
    static FINDER: RefCell<JinjaFinder> = RefCell::default();
}

/// What a worker runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Program {
    /// The page's own Wasm.
    #[default]
    Page,
    /// The one that has minijinja in it.
    Jinja,
}

impl Program {
    /// What an experiment needs: templates of the Jinja dialect need minijinja.
    pub(super) fn needed_for(experiment: &Experiment) -> Self {
        let found = FINDER.with_borrow_mut(|finder| finder.finds(&experiment.files));
        if found { Self::Jinja } else { Self::Page }
    }

    /// Whether it does what `other` does.
    pub(super) fn covers(self, other: Self) -> bool {
        self == other || self == Self::Jinja
    }

    /// What a worker's script is told: the glue, and the module or where it lies.
    pub(super) fn orders(self) -> Option<Object> {
        let (glue, module) = match self {
            Self::Page => (glue::address(), wasm_bindgen::module()),
            Self::Jinja => {
                let (glue, wasm) = jinja()?;
                (glue, wasm.into())
            }
        };
        let orders = Object::new();
        Reflect::set(&orders, &"glue".into(), &glue.into()).ok()?;
        Reflect::set(&orders, &"module".into(), &module).ok()?;
        Some(orders)
    }
}

/// The addresses of the other Wasm and its glue, as the build wrote them into the page.
fn jinja() -> Option<(String, String)> {
    let window = web_sys::window()?;
    let element = window.document()?.query_selector("meta[name=jinja-worker]").ok()??;
    let content = element.get_attribute("content")?;
    let (glue, wasm) = content.split_once(' ')?;
    let base = window.location().href().ok()?;
    let absolute = |address: &str| Url::new_with_base(address, &base).map(|url| url.href()).ok();
    Some((absolute(glue)?, absolute(wasm)?))
}
