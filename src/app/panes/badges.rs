//! Which letters stand beside the lines of a text.

use std::rc::Rc;

use crate::app::components::{HUES, LineBadge};
use crate::app::effects::Surveyed;
use crate::workspace::{Badge, BadgeOf, FilePath};

/// The badges of the output.
pub fn of_output(surveyed: &Surveyed) -> Rc<[LineBadge]> {
    drawn(surveyed, &surveyed.survey.badges.output)
}

/// The badges of a file.
pub fn of_file(surveyed: &Surveyed, path: &FilePath) -> Rc<[LineBadge]> {
    let own = surveyed.survey.badges.files.get(path);
    drawn(surveyed, own.map(Vec::as_slice).unwrap_or_default())
}

fn drawn(surveyed: &Surveyed, badges: &[Badge]) -> Rc<[LineBadge]> {
    let keys = &surveyed.survey.badges.keys;
    let badge = |Badge(line, of): &Badge| {
        let (nth, hue, words) = match of {
            BadgeOf::Value(at) => {
                let key = keys.get(*at as usize).cloned().unwrap_or_default();
                let nth = surveyed.letters.iter().position(|known| *known == key).unwrap_or_default();
                (nth, HUES.get(nth % HUES.len()).copied().unwrap_or_default(), key)
            }
            BadgeOf::Helper => (0, "hue-helper", "a named template".into()),
            BadgeOf::Release => (0, "hue-chart", "the release".into()),
            BadgeOf::Chart => (0, "hue-chart", "the chart".into()),
            BadgeOf::File => (0, "hue-chart", "a file of the chart".into()),
        };
        LineBadge { line: *line, letter: of.letter(nth).into(), hue, words }
    };
    badges.iter().map(badge).collect()
}
