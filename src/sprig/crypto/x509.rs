//! Certificates: written as Go's `x509.CreateCertificate` does for Sprig, field by field and in its order, and read as
//! far as signing others takes.

use std::net::IpAddr;

use sha2::Sha256;
use sha2::digest::Digest;

use super::der::{Reader, bit_string, element, integer, sequence, tag};
use super::private_key::PrivateKey;
use crate::template::{CallError, Context};
use crate::value::Text;
use crate::value::format::quoted;

/// What a certificate says.
pub(super) struct Template {
    pub serial: [u8; 16],
    pub common_name: Text,
    pub ips: Vec<IpAddr>,
    pub dns_names: Vec<Text>,
    /// Seconds since 1970.
    pub not_before: i64,
    pub not_after: i64,
    pub role: Role,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It signs others.
    Authority,
    /// It proves who somebody is.
    Leaf,
}

/// Who signs.
pub(super) struct Issuer {
    /// The name, encoded.
    pub name: Vec<u8>,
    /// The public key, where it is known apart from the private one.
    pub public: Option<Vec<u8>>,
    pub key_id: Option<Vec<u8>>,
}

/// The encoded certificate of `subject`'s key, signed by `issuer`, or by itself where there is none.
pub(super) fn create(
    cx: &mut dyn Context,
    template: &Template,
    subject: &PrivateKey,
    issuer: Option<(&Issuer, &PrivateKey)>,
) -> Result<Vec<u8>, CallError> {
    let name = name(&template.common_name)?;
    let (issuer_name, signer) = issuer.map_or((&name, subject), |(issuer, key)| (&issuer.name, key));
    let algorithm = signer.signature_algorithm()?;
    let public = subject.public()?;
    let key_id = (template.role == Role::Authority).then(|| key_id(&public.bits));
    let authority = issuer.filter(|(issuer, _)| issuer.name != name).and_then(|(issuer, _)| issuer.key_id.as_deref());
    if let Some(known) = issuer.and_then(|(issuer, _)| issuer.public.as_ref())
        && *known != signer.public()?.info
    {
        return Err("x509: provided PrivateKey doesn't match parent's PublicKey".into());
    }
    let extensions = extensions(template, key_id.as_deref(), authority)?;
    let content = sequence(&[
        &element(tag::explicit(0), &[&integer(&[2])]),
        &integer(&template.serial),
        &algorithm,
        issuer_name,
        &sequence(&[&time(template.not_before), &time(template.not_after)]),
        &name,
        &public.info,
        &element(tag::explicit(3), &[&sequence(&[&extensions])]),
    ]);
    let signature = signer.sign(cx, &content)?;
    Ok(sequence(&[&content, &algorithm, &bit_string(&signature)]))
}

/// The identifier that Go gives a key: the first bytes of its SHA-256 sum.
fn key_id(public: &[u8]) -> Vec<u8> {
    Sha256::digest(public).iter().copied().take(20).collect()
}

/// A name that consists of a common name.
fn name(common_name: &Text) -> Result<Vec<u8>, String> {
    const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
    let bytes = common_name.as_bytes();
    if bytes.is_empty() {
        return Ok(sequence(&[]));
    }
    if str::from_utf8(bytes).is_err() {
        return Err("asn1: string not valid UTF-8".to_owned());
    }
    let printable = |byte: &u8| byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(byte);
    let kind = if bytes.iter().all(printable) { tag::PRINTABLE_STRING } else { tag::UTF8_STRING };
    let attribute = sequence(&[&element(tag::OBJECT, &[COMMON_NAME]), &element(kind, &[bytes])]);
    Ok(sequence(&[&element(tag::SET, &[&attribute])]))
}

/// A moment: with two digits for the year from 1950 to 2049, with four otherwise.
fn time(seconds: i64) -> Vec<u8> {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(days);
    let rest = format!("{month:02}{day:02}{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60);
    if (1950..2050).contains(&year) {
        element(tag::UTC_TIME, &[format!("{:02}", year % 100).as_bytes(), rest.as_bytes()])
    } else {
        element(tag::GENERALIZED_TIME, &[format!("{:04}", year.clamp(0, 9999)).as_bytes(), rest.as_bytes()])
    }
}

/// Year, month and day of a day counted from 1970, in the Gregorian calendar. Years begin in March here, so that leap
/// days come last; 400 of them have 146,097 days.
fn date(days: i64) -> (i64, i64, i64) {
    let from_march = days + 719_468;
    let (era, day) = (from_march.div_euclid(146_097), from_march.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    if month < 10 { (era * 400 + year, month + 3, day) } else { (era * 400 + year + 1, month - 9, day) }
}

/// Whether who doesn't know an extension must refuse the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Critical,
    Optional,
}

/// An extension of the arc `id-ce`.
fn extension(number: u8, weight: Weight, value: &[u8]) -> Vec<u8> {
    let critical = if weight == Weight::Critical { element(tag::BOOLEAN, &[&[0xff]]) } else { Vec::new() };
    let value = element(tag::OCTET_STRING, &[value]);
    sequence(&[&element(tag::OBJECT, &[&[0x55, 0x1d, number]]), &critical, &value])
}

/// The numbers of extensions.
mod number {
    pub const SUBJECT_KEY_ID: u8 = 14;
    pub const KEY_USAGE: u8 = 15;
    pub const ALTERNATIVE_NAMES: u8 = 17;
    pub const BASIC_CONSTRAINTS: u8 = 19;
    pub const AUTHORITY_KEY_ID: u8 = 35;
    pub const EXTENDED_KEY_USAGE: u8 = 37;
}

fn extensions(template: &Template, key_id: Option<&[u8]>, authority: Option<&[u8]>) -> Result<Vec<u8>, String> {
    const SERVER: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
    const CLIENT: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];
    // First how many of the bits are none: digital signature, key encipherment, and signing certificates.
    let (usage, constraints): (&[u8], _) = match template.role {
        Role::Authority => (&[2, 0b1010_0100], element(tag::BOOLEAN, &[&[0xff]])),
        Role::Leaf => (&[5, 0b1010_0000], Vec::new()),
    };
    let extended = sequence(&[&element(tag::OBJECT, &[SERVER]), &element(tag::OBJECT, &[CLIENT])]);
    let mut all = extension(number::KEY_USAGE, Weight::Critical, &element(tag::BIT_STRING, &[usage]));
    all.extend(extension(number::EXTENDED_KEY_USAGE, Weight::Optional, &extended));
    all.extend(extension(number::BASIC_CONSTRAINTS, Weight::Critical, &sequence(&[&constraints])));
    if let Some(id) = key_id {
        all.extend(extension(number::SUBJECT_KEY_ID, Weight::Optional, &element(tag::OCTET_STRING, &[id])));
    }
    if let Some(id) = authority {
        let id = sequence(&[&element(tag::implicit(0), &[id])]);
        all.extend(extension(number::AUTHORITY_KEY_ID, Weight::Optional, &id));
    }
    let names = alternative_names(template)?;
    if !names.is_empty() {
        let weight = if template.common_name.is_empty() { Weight::Critical } else { Weight::Optional };
        all.extend(extension(number::ALTERNATIVE_NAMES, weight, &sequence(&[&names])));
    }
    Ok(all)
}

fn alternative_names(template: &Template) -> Result<Vec<u8>, String> {
    let mut names = Vec::new();
    for name in &template.dns_names {
        if !name.as_bytes().is_ascii() {
            return Err(format!("x509: {} cannot be encoded as an IA5String", quoted(name.as_bytes())));
        }
        names.extend(element(tag::implicit(2), &[name.as_bytes()]));
    }
    for ip in &template.ips {
        names.extend(match ip.to_canonical() {
            IpAddr::V4(ip) => element(tag::implicit(7), &[&ip.octets()]),
            IpAddr::V6(ip) => element(tag::implicit(7), &[&ip.octets()]),
        });
    }
    Ok(names)
}

/// Reads who a certificate belongs to; the error is Go's.
pub(super) fn parse(der: &[u8]) -> Result<Issuer, String> {
    let mut reader = Reader(der);
    let mut outer = reader.inside(tag::SEQUENCE).ok_or("x509: malformed certificate")?;
    let mut inner = outer.inside(tag::SEQUENCE).ok_or("x509: malformed tbs certificate")?;
    if inner.is_at(tag::explicit(0)) {
        inner.content(tag::explicit(0)).ok_or("x509: malformed version")?;
    }
    inner.content(tag::INTEGER).ok_or("x509: malformed serial number")?;
    let algorithm = inner.whole(tag::SEQUENCE).ok_or("x509: malformed signature algorithm identifier")?;
    if outer.whole(tag::SEQUENCE).ok_or("x509: malformed algorithm identifier")? != algorithm {
        return Err("x509: inner and outer signature algorithm identifiers don't match".to_owned());
    }
    inner.content(tag::SEQUENCE).ok_or("x509: malformed issuer")?;
    inner.content(tag::SEQUENCE).ok_or("x509: malformed validity")?;
    let name = inner.whole(tag::SEQUENCE).ok_or("x509: malformed issuer")?.to_vec();
    let public = inner.whole(tag::SEQUENCE).ok_or("x509: malformed spki")?;
    let key_id = subject_key_id(inner).map_err(|()| "x509: malformed extensions")?;
    outer.bits().ok_or("x509: malformed signature")?;
    if !reader.is_empty() {
        return Err("x509: trailing data".to_owned());
    }
    Ok(Issuer { name, public: Some(public.to_vec()), key_id })
}

/// The identifier of the key, among the extensions that come after it.
fn subject_key_id(mut rest: Reader<'_>) -> Result<Option<Vec<u8>>, ()> {
    while !rest.is_empty() && !rest.is_at(tag::explicit(3)) {
        // Identifiers of issuer and subject, which nobody uses.
        let skipped = rest.content(tag::implicit(1)).or_else(|| rest.content(tag::implicit(2)));
        skipped.or_else(|| rest.content(tag::explicit(1))).or_else(|| rest.content(tag::explicit(2))).ok_or(())?;
    }
    if rest.is_empty() {
        return Ok(None);
    }
    let mut extensions = rest.inside(tag::explicit(3)).and_then(|mut all| all.inside(tag::SEQUENCE)).ok_or(())?;
    let mut id = None;
    while !extensions.is_empty() {
        let mut extension = extensions.inside(tag::SEQUENCE).ok_or(())?;
        let oid = extension.content(tag::OBJECT).ok_or(())?;
        if extension.is_at(tag::BOOLEAN) {
            extension.content(tag::BOOLEAN).ok_or(())?;
        }
        let value = extension.content(tag::OCTET_STRING).ok_or(())?;
        if oid == [0x55, 0x1d, number::SUBJECT_KEY_ID] {
            id = Some(Reader(value).content(tag::OCTET_STRING).ok_or(())?.to_vec());
        }
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_dates() {
        let written = |seconds: i64| String::from_utf8_lossy(&time(seconds)[2..]).into_owned();
        assert_eq!(written(0), "700101000000Z");
        assert_eq!(written(951_782_399), "000228235959Z");
        assert_eq!(written(951_782_400), "000229000000Z");
        assert_eq!(written(2_524_607_999), "491231235959Z");
        assert_eq!(written(2_524_608_000), "20500101000000Z");
        assert_eq!(written(-631_152_001), "19491231235959Z");
    }
}
