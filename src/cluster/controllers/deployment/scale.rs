//! Another number of replicas, also in the middle of a rollout.

use std::cmp::Reverse;

use super::super::super::Cluster;
use super::super::super::clock::Moment;
use super::super::super::objects::{Deployment, ReplicaSet};
use super::{newest, old, replica_sets};

/// Whether the number of replicas has changed since the `ReplicaSet`s were scaled last.
pub(super) fn is_needed(cluster: &Cluster, deployment: &Deployment) -> bool {
    let sets = replica_sets(cluster, deployment);
    sets.iter().any(|set| set.replicas > 0 && set.desired != deployment.replicas)
}

pub(super) fn scale(cluster: &mut Cluster, deployment: &Deployment) {
    let wanted = deployment.replicas;
    let why = format!("{} is to have {wanted}", deployment.meta.key.name);
    let active: Vec<ReplicaSet> =
        replica_sets(cluster, deployment).into_iter().filter(|set| set.replicas > 0).collect();
    if let [only] = active.as_slice() {
        cluster.scale_replica_set(&only.meta.key, wanted, deployment, &why);
        return;
    }
    let is_done = newest(cluster, deployment).is_some_and(|new| new.replicas == wanted && new.available == wanted);
    if is_done {
        for set in old(cluster, deployment).iter().filter(|set| set.replicas > 0) {
            cluster.scale_replica_set(&set.meta.key, 0, deployment, "all new pods are available");
        }
        return;
    }
    let parts: Vec<Part> = active
        .iter()
        .map(|set| Part { replicas: set.replicas, most: set.most, created: set.meta.created, revision: set.revision })
        .collect();
    let most = if wanted == 0 { 0 } else { deployment.most() };
    let why = format!("{} is to have {wanted}, and each ReplicaSet gets its part", deployment.meta.key.name);
    for (set, size) in active.iter().zip(shares(&parts, most)) {
        cluster.scale_replica_set(&set.meta.key, size, deployment, &why);
    }
}

/// A `ReplicaSet` in the middle of a rollout.
#[derive(Clone, Copy, Debug)]
struct Part {
    replicas: usize,
    /// How many pods there could be when it was scaled last.
    most: usize,
    created: Moment,
    revision: u32,
}

/// What each gets where there may be `most` pods: its part of what is added or taken away, in proportion to its size.
/// What rounding leaves over goes to the largest; of those that are equally large, to the youngest where pods are
/// added, and from the oldest where they are taken away.
fn shares(parts: &[Part], most: usize) -> Vec<usize> {
    let more = signed(most) - signed(parts.iter().map(|part| part.replicas).sum());
    let mut order: Vec<(usize, &Part)> = parts.iter().enumerate().collect();
    if more > 0 {
        order.sort_by_key(|(_, part)| (Reverse(part.replicas), Reverse((part.created, part.revision))));
    } else {
        order.sort_by_key(|(_, part)| (Reverse(part.replicas), part.created, part.revision));
    }
    let (mut added, mut sizes) = (0, Vec::new());
    for (at, part) in order {
        let fraction = fraction(*part, most);
        let left = more - added;
        let own = if more > 0 { fraction.min(left) } else { fraction.max(left) };
        added += own;
        sizes.push((at, signed(part.replicas) + own));
    }
    if let Some((_, first)) = sizes.first_mut() {
        *first += more - added;
    }
    sizes.sort_unstable();
    sizes.into_iter().map(|(_, size)| usize::try_from(size).unwrap_or(0)).collect()
}

/// What a `ReplicaSet` gets by proportion, rounded to the nearest.
fn fraction(part: Part, most: usize) -> i64 {
    let (size, before) = (signed(part.replicas), signed(part.most.max(1)));
    (2 * size * signed(most) + before).div_euclid(2 * before) - size
}

fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `TestScale` of `pkg/controller/deployment/sync_test.go`: how many pods there may be before and after, the sizes
    /// of the `ReplicaSet`s, the youngest first, and what becomes of them.
    #[test]
    fn each_gets_its_part() {
        let cases: [(usize, usize, &[usize], &[usize]); 12] = [
            (5, 10, &[2, 3], &[4, 6]),
            (5, 3, &[2, 3], &[1, 2]),
            (9, 4, &[8, 1], &[4, 0]),
            (7, 10, &[2, 3, 2], &[3, 4, 3]),
            (13, 8, &[2, 8, 3], &[1, 5, 2]),
            (3, 4, &[1, 1, 1], &[2, 1, 1]),
            (3, 2, &[1, 1, 1], &[1, 1, 0]),
            (4, 5, &[2, 2], &[3, 2]),
            (6, 0, &[3, 2, 1], &[0, 0, 0]),
            (12, 22, &[6, 6], &[11, 11]),
            (13, 56, &[5, 8], &[22, 34]),
            (10, 14, &[7, 3], &[10, 4]),
        ];
        for (before, after, sizes, expected) in cases {
            let part = |(at, &replicas): (usize, &usize)| {
                let created = Moment::START.after(10 - u64::try_from(at).expect("small"));
                Part { replicas, most: before, created, revision: 0 }
            };
            let parts: Vec<Part> = sizes.iter().enumerate().map(part).collect();
            assert_eq!(shares(&parts, after), expected, "{before} to {after}: {sizes:?}");
        }
        // One of them has missed the last scaling.
        let part = |replicas, most, age| Part { replicas, most, created: Moment::START.after(age), revision: 0 };
        assert_eq!(shares(&[part(2, 5, 3), part(1, 3, 2), part(1, 5, 1)], 5), [2, 2, 1]);
    }
}
