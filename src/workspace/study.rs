//! A rendering that is kept, so that questions about it can be answered without rendering again.

use std::cell::OnceCell;
use std::mem;
use std::rc::Rc;

use super::analyze::{self, Outside, Studied};
use super::helm_says::helm_says;
use super::question::{Question, Reply};
use super::trial::trial;
use super::{Analysis, Experiment, RuleText};
use crate::chart::Overrides;
use crate::engine::{self, Inputs, Printed, Rendering, Request, Stop, ValuesTable};
use crate::lint::{self, Inquiry};
use crate::source::{Files, Trace};
use crate::template::SeededWorld;

/// What a rendering, and the linter's look at it, leave for the next ones of much the same experiment.
#[derive(Default)]
pub struct Memory {
    rendering: engine::Memory,
    linter: Rc<lint::Memory>,
}

/// A rendering with all that says where it comes from.
pub struct Study {
    pub(super) experiment: Experiment,
    /// `None` where the chart can't be loaded.
    pub(super) rendering: Option<Rendering>,
    /// `None` where nothing is printed.
    pub(super) printed: Option<Printed>,
    /// The places at which Helm stops, and rendering went on.
    pub(super) stops: Vec<Stop>,
    /// What was asked, with the values on the command line.
    pub(super) request: Option<(Request, Overrides)>,
    /// The outside as it is when all is rendered: what is rendered otherwise goes on from there.
    pub(super) world: SeededWorld,
    /// What the linter wants to know besides.
    pub(super) inquiry: Inquiry,
    /// What its looks before left.
    pub(super) remembered: Rc<lint::Memory>,
    /// The outside as it was last known.
    pub(super) outside: Outside,
    inputs: OnceCell<Option<(Rc<Inputs>, Files)>>,
    pub(super) table: OnceCell<Option<Rc<ValuesTable>>>,
}

impl Study {
    /// Renders an experiment, and keeps what came of it. The linter has not looked at it yet ([`Study::check`]).
    pub fn of(experiment: Experiment, outside: &Outside) -> (Self, Analysis) {
        Self::again(experiment, outside, &mut Memory::default())
    }

    /// The same, where much the same experiment was rendered before or will be again.
    pub fn again(experiment: Experiment, outside: &Outside, memory: &mut Memory) -> (Self, Analysis) {
        let studied = analyze::study(&experiment, outside, &mut memory.rendering);
        let Studied { request, rendering, printed, stops, world, analysis } = studied;
        let (inputs, table) = (OnceCell::new(), OnceCell::new());
        let (inquiry, outside) = (Inquiry::default(), outside.clone());
        let remembered = Rc::clone(&memory.linter);
        let now =
            Self { experiment, rendering, printed, stops, request, world, inquiry, remembered, outside, inputs, table };
        (now, analysis)
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The same, with what the linter finds.
    pub fn checked(experiment: Experiment, outside: &Outside) -> (Self, Analysis) {
        let (mut study, analysis) = Self::of(experiment, outside);
        let analysis = if analysis.is_checked { analysis } else { analysis.checked(study.check_all(outside, None)) };
        (study, analysis)
    }

    /// The answer to a question. `None` where there is nothing to ask about. `before` is what changes are told from.
    pub fn answer(&mut self, question: &Question, before: Option<&Self>) -> Option<Reply> {
        match question {
            Question::Changes => self.changes(before?).map(Reply::Changes),
            Question::TextChanges => self.text_changes(before?).map(Reply::TextChanges),
            Question::Ghosts => self.ghosts().map(Reply::Ghosts),
            Question::Why(spot, nth) => self.pin(spot, *nth).map(|pin| Reply::Why(Box::new(pin))),
            Question::Survey => self.survey().map(|survey| Reply::Survey(Box::new(survey))),
            Question::Help(help) => Some(Reply::Help(self.help(help))),
            Question::Values => self.values_table().map(Reply::Values),
            Question::HelmLint => Some(Reply::HelmLint(helm_says(&self.experiment, &self.outside))),
            Question::Rules => Some(Reply::Rules(RuleText::all())),
            Question::Rule(id) => RuleText::named(id).map(|rule| Reply::Rules(vec![rule])),
            Question::Trial(mend) => trial(mend, &self.experiment, &self.outside).map(Reply::Trial),
            Question::Cluster(_) => None,
        }
    }

    /// What is printed. Empty where nothing is.
    pub fn output(&self) -> String {
        self.printed.as_ref().map(|printed| printed.text.to_str().into_owned()).unwrap_or_default()
    }

    /// What the rendering was made of, and the table of files that its places point into. Put together when somebody
    /// asks: while one types, nobody does.
    pub(super) fn inputs(&self) -> Option<&(Rc<Inputs>, Files)> {
        let read = || {
            let (request, overrides) = self.request.as_ref()?;
            let files = self.rendering.as_ref().map_or_else(|| request.files.clone(), |done| done.files.clone());
            let mut request = Request { files, ..request.clone() };
            let processed = self.rendering.as_ref().and_then(|rendering| rendering.chart.as_deref().cloned());
            let inputs = match processed {
                Some(chart) => Inputs::of(chart, &mut request, overrides, &self.remembered.layers),
                None => Inputs::new(&mut request, overrides),
            };
            Some((Rc::new(inputs), request.files))
        };
        self.inputs.get_or_init(read).as_ref()
    }

    /// All values, and who reads them.
    pub(super) fn table(&mut self) -> Option<Rc<ValuesTable>> {
        if self.table.get().is_none() {
            let mut trace = mem::replace(&mut self.rendering.as_mut()?.trace, Trace::off());
            let table = self.inputs().map(|(inputs, files)| Rc::new(ValuesTable::of(inputs, &mut trace, files)));
            if let Some(rendering) = &mut self.rendering {
                rendering.trace = trace;
            }
            return self.table.get_or_init(|| table).clone();
        }
        self.table.get().cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Content, FilePath, default_experiment};
    use super::*;
    use crate::helm::Helm;

    #[test]
    fn what_the_rendering_before_left_shows_in_nothing() {
        let (service, helpers) = ("templates/service.yaml", "templates/_helpers.tpl");
        let edits: [&[(&str, Option<&str>)]; 10] = [
            &[],
            &[("values.yaml", Some("image: x\nreplicas: 3\n"))],
            &[(service, Some("kind: Service\nmetadata: {name: {{ include \"web.name\" . }}}\n"))],
            &[(service, Some("kind: Service\nmetadata: {name: {{ include \"web.name\" . \n"))],
            &[(helpers, Some("{{ define \"web.name\" }}other{{ end }}"))],
            &[(service, Some("kind: Service\n---\nkind: ConfigMap\na: {{ .Values.nope.x }}\n"))],
            &[(service, None)],
            &[(helpers, Some("{{ define \"web.name\" }}{{ .Release.Time }}{{ end }}"))],
            &[("crds/a.yaml", Some("kind: Service\n"))],
            &[("templates/another.yaml", Some("kind: ConfigMap\n")), (service, Some("kind: [\n"))],
        ];
        let (mut experiment, mut memory) = (default_experiment(), Memory::default());
        for helm in [Helm::Four, Helm::Three, Helm::Four] {
            experiment.settings.helm = helm;
            for edit in edits {
                let mut files = (*experiment.files).clone();
                for (path, text) in edit {
                    let path = FilePath::parse(path).unwrap();
                    match text {
                        Some(text) => files.insert(path, Content::Text((*text).into())),
                        None => files.remove(&path),
                    };
                }
                experiment.files = Rc::new(files);
                let outside = Outside::default();
                let (mut again, told_again) = Study::again(experiment.clone(), &outside, &mut memory);
                let (mut fresh, told) = Study::of(experiment.clone(), &outside);
                assert_eq!(told_again, told, "{edit:?}");
                assert_eq!(again.check_all(&outside, None), fresh.check_all(&outside, None), "{edit:?}");
            }
        }
    }
}
