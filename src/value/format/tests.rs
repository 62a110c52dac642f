use super::*;
use crate::value::{List, Map, UintKind};

fn formatted(format: &str, args: &[Value]) -> String {
    String::from_utf8_lossy(&joined(sprintf(format.as_bytes(), args))).into_owned()
}

fn ints(numbers: &[i64]) -> Vec<Value> {
    numbers.iter().map(|&n| Value::int(n)).collect()
}

/// What Helm prints for `printf` with these arguments.
#[test]
fn formats_as_helm_prints_them() {
    let list: List = ints(&[1]).into_iter().chain([Value::from("a"), Value::Nil]).collect();
    let inner: List = [Value::from(1.5)].into_iter().collect();
    let map: Map = [("a", Value::int(1)), ("b", inner.into())].into_iter().collect();
    let cases: Vec<(&str, Vec<Value>, &str)> = vec![
        ("%v %v", vec![1e5.into(), 123_456_789_012.0.into()], "100000 1.23456789012e+11"),
        ("%v %v %v %v", vec![1e6.into(), 1e20.into(), 1e21.into(), 1e-5.into()], "1e+06 1e+20 1e+21 1e-05"),
        (
            "%.3g|%g|%e|%f",
            vec![1234.5678.into(), 1e-5.into(), 1.5.into(), 2.5.into()],
            "1.23e+03|1e-05|1.500000e+00|2.500000",
        ),
        ("%6.2f|%-8.1f|%08.3f", vec![2.34567.into(), 2.0.into(), 2.34567.into()], "  2.35|2.0     |0002.346"),
        (
            "%+d|% d|%x|%X|%#x|%o|%O|%b|%c|%q|%U|%#U",
            ints(&[5, 5, 255, 255, 255, 8, 8, 5, 65, 65, 65, 65]),
            "+5| 5|ff|FF|0xff|10|0o10|101|A|'A'|U+0041|U+0041 'A'",
        ),
        (
            "%.0f %.0f %.0f %.1f %.2f",
            vec![0.5.into(), 1.5.into(), 2.5.into(), 0.25.into(), 1.005.into()],
            "0 2 2 0.2 1.00",
        ),
        (
            "%#v %#v %#v",
            vec![1e6.into(), list.clone().into(), map.clone().into()],
            "1e+06 []interface {}{1, \"a\", interface {}(nil)} map[string]interface {}{\"a\":1, \"b\":[]interface {}{1.5}}",
        ),
        ("%x %b %X", vec![1.5.into(), 1.5.into(), 3.0.into()], "0x1.8p+00 6755399441055744p-52 0X1.8P+01"),
        (
            "%6.2f|%06v|%+v|% v",
            vec![f64::INFINITY.into(), f64::NAN.into(), f64::INFINITY.into(), f64::NAN.into()],
            "  +Inf|   NaN|+Inf| NaN",
        ),
        ("%d %s %t", vec!["a".into(), Value::int(1), Value::int(2)], "%!d(string=a) %!s(int=1) %!t(int=2)"),
        ("%!", vec![], "%!!(MISSING)"),
        ("%[3]d %[1]d", ints(&[1, 2]), "%!d(BADINDEX) 1"),
        ("%[2]*[1]d|", ints(&[1, 5]), "    1|"),
        ("%*d|%-*d|", ints(&[5, 1, 5, 1]), "    1|1    |"),
        ("%.*f|", vec![Value::int(2), 2.34567.into()], "2.35|"),
        ("%s %d %v", vec![Value::Nil, Value::Nil, Value::Nil], "%!s(<nil>) %!d(<nil>) <nil>"),
        ("%d", vec![list.clone().into()], "[1 %!d(string=a) <nil>]"),
        ("% x|%#x|% #x|%X", vec!["hi".into(), "hi".into(), "hi".into(), "hi".into()], "68 69|0x6869|0x68 0x69|6869"),
        (
            "%10s|%-10s|%.2s|%010s|%-010s",
            vec!["héllo".into(), "héllo".into(), "héllo".into(), "ab".into(), "ab".into()],
            "     héllo|héllo     |hé|00000000ab|ab        ",
        ),
        ("%+q %#q %#q", vec!["hé\n☺".into(), "a`b".into(), "abc".into()], "\"h\\u00e9\\n\\u263a\" \"a`b\" `abc`"),
        ("%d", vec![map.clone().into()], "map[%!d(string=a):1 %!d(string=b):[%!d(float64=1.5)]]"),
        ("%v", vec!["a".into(), Value::int(1)], "a%!(EXTRA int=1)"),
        ("a", vec![Value::Nil, 2.5.into()], "a%!(EXTRA <nil>, float64=2.5)"),
        (
            "%6d|%-6d|%06d|%+06d|%.4d|%8.4d|%x",
            ints(&[42, 42, 42, 42, 42, 42, -255]),
            "    42|42    |000042|+00042|0042|    0042|-ff",
        ),
        ("%#o %#b %#X", ints(&[8, 5, 255]), "010 0b101 0XFF"),
        ("%v", vec![Value::Complex(0.0, 1.0)], "(0+1i)"),
        ("%[x]d %d", ints(&[1, 2]), "%!d(BADINDEX) 1"),
        ("%[1", ints(&[1]), "%!(NOVERB)"),
        ("%-", ints(&[1]), "%!(NOVERB)%!(EXTRA int=1)"),
        (
            "%#g %#.3g %#e %#f",
            vec![1.0.into(), 1.0.into(), 1.0.into(), 1.0.into()],
            "1.00000 1.00 1.000000e+00 1.000000",
        ),
        ("%.10g %.3g %.3g", vec![123_456.0.into(), 123_456.0.into(), 0.000_012_34.into()], "123456 1.23e+05 1.23e-05"),
        ("%+.2e|%+8.2f|% 8.2f", vec![1.5.into(), 1.5.into(), 1.5.into()], "+1.50e+00|   +1.50|    1.50"),
        ("%5v|%05d", vec![list.into(), Value::Uint(3, UintKind::Uint8)], "[    1     a <nil>]|00003"),
    ];
    for (format, args, want) in cases {
        assert_eq!(formatted(format, &args), want, "{format}");
    }
}

#[test]
fn spaces_stand_between_operands_that_are_no_strings() {
    let args = [Value::int(1), Value::int(2), "a".into(), "b".into(), Value::int(3), Value::Nil, Value::int(4)];
    assert_eq!(sprint(&args), b"1 2ab3 <nil> 4");
    assert_eq!(sprintln(&args), b"1 2 a b 3 <nil> 4\n");
}

#[test]
fn pieces_say_who_printed_them() {
    let piece = |bytes: &str, arg, slice| Piece { bytes: bytes.into(), arg, slice };
    let pieces = sprintf(b"a-%5s%d", &["xyz".into(), Value::int(7)]);
    let want = [
        piece("a-", None, None),
        piece("  ", Some(0), None),
        piece("xyz", Some(0), Some(0..3)),
        piece("7", Some(1), None),
    ];
    assert_eq!(pieces, want);
}

#[test]
fn a_map_that_contains_itself_prints_to_a_depth() {
    let map = Map::new();
    map.set("self", map.clone());
    let printed = sprint(&[map.clone().into()]);
    assert!(printed.starts_with(b"map[self:map[self:map["));
    map.set("again", map.clone());
    assert!(sprint(&[map.clone().into()]).starts_with(b"map[again:map[again:map["));
    map.remove("again");
    map.remove("self");
}
