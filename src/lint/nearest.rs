//! Did you mean …? The nearest of several names.

/// Names longer than this are not compared: nobody mistypes them, and the work grows with the square.
const LONGEST: usize = 128;

/// The name nearest to `wanted`; the first of equals. `None` where there are no names.
pub fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    names.into_iter().min_by_key(|name| distance(wanted, name))
}

/// The name that was probably meant: it differs by a few characters, or one of both is the end or the beginning of the
/// other, as where the name of the release is missing. Not a name which is the same.
pub fn likely<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let slips = 2.max(wanted.len() / 5);
    let is_part = |name: &str| {
        let (short, long) = if name.len() < wanted.len() { (name, wanted) } else { (wanted, name) };
        short.len() > 2 && (long.starts_with(short) || long.ends_with(short))
    };
    let is_near = |name: &&str| *name != wanted && (distance(wanted, name) <= slips || is_part(name));
    nearest(wanted, names.into_iter().filter(is_near))
}

/// How many characters must be put in, taken out or exchanged to make one of the other.
pub fn distance(a: &str, b: &str) -> usize {
    if a.len() > LONGEST || b.len() > LONGEST {
        return if a == b { 0 } else { usize::MAX };
    }
    let b: Vec<char> = b.chars().collect();
    // One row of the usual table: the distances of what has been read of `a` to every beginning of `b`.
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (read, from) in a.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = read + 1;
        next.push(left);
        for (to, (&diagonal, &above)) in b.iter().zip(row.iter().zip(row.iter().skip(1))) {
            left = (diagonal + usize::from(from != *to)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_nearer_than_another_word() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(nearest("redis-headles", ["redis", "redis-headless", "postgres"]), Some("redis-headless"));
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn only_what_is_alike_was_meant() {
        assert_eq!(likely("redis-headles", ["redis-headless", "postgres"]), Some("redis-headless"));
        assert_eq!(likely("settings", ["shop-settings", "web"]), Some("shop-settings"));
        assert_eq!(likely("redis", ["postgres", "redis"]), None);
    }
}
