//! A number of pods, or a share of them: `2`, `50%`.

use crate::kube::Field;

/// So many pods, or so many of a hundred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    /// This many.
    Pods(i64),
    /// This many of a hundred.
    Percent(i64),
}

impl Share {
    /// Reads a field; `None` where it is neither.
    pub(super) fn of(field: &Field) -> Option<Self> {
        let percent = |written: String| written.strip_suffix('%')?.parse().ok().map(Self::Percent);
        field.integer().map(Self::Pods).or_else(|| field.string().and_then(percent))
    }

    /// Whether it is no pod at all.
    pub(super) fn is_none(self) -> bool {
        matches!(self, Self::Pods(0) | Self::Percent(0))
    }

    /// Whether it is all of them, however many there are.
    pub(super) fn is_all(self) -> bool {
        matches!(self, Self::Percent(percent) if percent >= 100)
    }

    /// How many of so many pods, rounded up.
    pub(super) fn of_pods(self, pods: i64) -> i64 {
        match self {
            Self::Pods(pods) => pods,
            Self::Percent(percent) => pods.saturating_mul(percent).saturating_add(99) / 100,
        }
    }
}
