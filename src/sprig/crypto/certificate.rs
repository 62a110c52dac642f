//! Certificates and what they are signed with.
//!
//! A certificate's key is drawn anew each time, so none of them is like another: with the same world they are.

use std::any::Any;
use std::net::IpAddr;
use std::rc::Rc;

use super::dice::{Dice, seed};
use super::pem;
use super::private_key::{PrivateKey, RsaSize};
use super::x509::{self, Issuer, Role, Template};
use crate::sprig::encoding::base64_decoded;
use crate::sprig::text::charge;
use crate::template::{Argument, CallError, Context, Function, Int};
use crate::value::{List, Map, Object, Text, Traced, Type, Value, format};

pub(super) fn functions() -> Vec<Function> {
    vec![
        Function::new("genCA", gen_ca)
            .doc("A certificate authority: `.Cert` and `.Key`, of a common name, for so many days.")
            .example("{{ (genCA \"my-ca\" 365).Cert | trunc 27 }}", "-----BEGIN CERTIFICATE-----"),
        Function::new("genCAWithKey", gen_ca_with_key)
            .doc("A certificate authority with a given private key.")
            .example("{{ $key := genPrivateKey \"ecdsa\" }}{{ eq $key (genCAWithKey \"my-ca\" 365 $key).Key }}", "true"),
        Function::new("genSelfSignedCert", gen_self_signed)
            .doc("A certificate signed by itself: common name, IP addresses, DNS names, days.")
            .example("{{ (genSelfSignedCert \"a.example\" (list \"10.0.0.1\") (list \"b.example\") 365).Key | trunc 31 }}", "-----BEGIN RSA PRIVATE KEY-----"),
        Function::new("genSelfSignedCertWithKey", gen_self_signed_with_key)
            .doc("A certificate signed by itself, with a given private key.")
            .example("{{ genPrivateKey \"ecdsa\" | genSelfSignedCertWithKey \"a.example\" nil nil 365 | kindOf }}", "struct"),
        Function::new("genSignedCert", gen_signed)
            .doc("A certificate signed by an authority: common name, IP addresses, DNS names, days, authority.")
            .example("{{ (genCA \"my-ca\" 365 | genSignedCert \"a.example\" nil nil 365).Cert | trunc 27 }}", "-----BEGIN CERTIFICATE-----"),
        Function::new("genSignedCertWithKey", gen_signed_with_key)
            .doc("A certificate signed by an authority, with a given private key.")
            .example("{{ $ca := genPrivateKey \"ecdsa\" | genCAWithKey \"my-ca\" 365 }}{{ genPrivateKey \"ed25519\" | genSignedCertWithKey \"a.example\" nil nil 365 $ca | typeOf }}", "sprig.certificate"),
        Function::new("buildCustomCert", build_custom)
            .doc("A certificate and its private key out of their texts in base64.")
            .example("{{ $ca := genPrivateKey \"ecdsa\" | genCAWithKey \"my-ca\" 365 }}{{ eq $ca.Key (buildCustomCert ($ca.Cert | b64enc) ($ca.Key | b64enc)).Key }}", "true"),
    ]
}

/// A certificate and its private key, both in PEM: Sprig's type.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Certificate {
    cert: Text,
    key: Text,
}

const TYPE: &str = "sprig.certificate";

impl Object for Certificate {
    fn type_name(&self) -> &'static str {
        TYPE
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(self.cert.clone().into()),
            "Key" => Some(self.key.clone().into()),
            _ => None,
        }
    }

    fn is_drawn(&self, field: &str) -> bool {
        field == "Key"
    }

    fn display(&self) -> String {
        format!("{{{} {}}}", self.cert, self.key)
    }

    fn to_plain(&self) -> Option<Value> {
        let map = Map::new();
        map.set("Cert", self.cert.clone());
        map.set("Key", self.key.clone());
        Some(map.into())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Argument for Certificate {
    const TYPE: Type = Type::Named(TYPE);
    fn from_traced(arg: Traced) -> Option<Self> {
        match arg.value {
            Value::Object(object) => object.as_any().downcast_ref().cloned(),
            _ => None,
        }
    }
}

impl From<Certificate> for Value {
    fn from(certificate: Certificate) -> Self {
        Self::Object(Rc::new(certificate))
    }
}

type Outcome = Result<Certificate, CallError>;

/// Where a certificate's private key comes from.
enum Key {
    Drawn,
    Given(Box<PrivateKey>),
}

impl Key {
    fn given(text: &Text) -> Result<Self, String> {
        PrivateKey::parse(text)
            .map(|key| Self::Given(Box::new(key)))
            .map_err(|error| format!("parsing private key: {error}"))
    }
}

/// What a template says of a certificate.
struct Subject {
    name: Text,
    ips: List,
    dns: List,
    days: Int,
    role: Role,
}

impl Subject {
    fn authority(name: Text, days: Int) -> Self {
        let none = || List::new(Vec::new());
        Self { name, ips: none(), dns: none(), days, role: Role::Authority }
    }

    fn leaf(name: Text, ips: List, dns: List, days: Int) -> Self {
        Self { name, ips, dns, days, role: Role::Leaf }
    }
}

fn gen_ca(cx: &mut dyn Context, name: Text, days: Int) -> Outcome {
    issue(cx, Subject::authority(name, days), Key::Drawn, None)
}

fn gen_ca_with_key(cx: &mut dyn Context, name: Text, days: Int, key: Text) -> Outcome {
    let key = Key::given(&key)?;
    issue(cx, Subject::authority(name, days), key, None)
}

fn gen_self_signed(cx: &mut dyn Context, name: Text, ips: List, dns: List, days: Int) -> Outcome {
    issue(cx, Subject::leaf(name, ips, dns, days), Key::Drawn, None)
}

fn gen_self_signed_with_key(cx: &mut dyn Context, name: Text, ips: List, dns: List, days: Int, key: Text) -> Outcome {
    let key = Key::given(&key)?;
    issue(cx, Subject::leaf(name, ips, dns, days), key, None)
}

fn gen_signed(cx: &mut dyn Context, name: Text, ips: List, dns: List, days: Int, ca: Certificate) -> Outcome {
    issue(cx, Subject::leaf(name, ips, dns, days), Key::Drawn, Some(ca))
}

fn gen_signed_with_key(
    cx: &mut dyn Context,
    name: Text,
    ips: List,
    dns: List,
    days: Int,
    ca: Certificate,
    key: Text,
) -> Outcome {
    let key = Key::given(&key)?;
    issue(cx, Subject::leaf(name, ips, dns, days), key, Some(ca))
}

fn build_custom(cx: &mut dyn Context, cert: Text, key: Text) -> Outcome {
    charge(cx, cert.len() + key.len())?;
    let cert = base64_decoded(cert.as_bytes()).map_err(|_| "unable to decode base64 certificate")?;
    let key = base64_decoded(key.as_bytes()).map_err(|_| "unable to decode base64 private key")?;
    let (cert, key) = (Text::from(cert), Text::from(key));
    let der = pem::decode(cert.as_bytes()).ok_or("unable to decode certificate")?.bytes;
    x509::parse(&der).map_err(|error| format!("error parsing certificate: decodedCert.Bytes: {error}"))?;
    PrivateKey::parse(&key).map_err(|error| format!("error parsing private key: {error}"))?;
    Ok(Certificate { cert, key })
}

/// Whatever may fail comes before the key is drawn, which takes long.
fn issue(cx: &mut dyn Context, subject: Subject, key: Key, ca: Option<Certificate>) -> Outcome {
    let signer = ca.map(signer).transpose()?;
    let template = template(cx, subject)?;
    let key = match key {
        Key::Drawn => PrivateKey::rsa(cx, RsaSize::Bits2048)?,
        Key::Given(key) => *key,
    };
    let issuer = signer.as_ref().map(|(issuer, key)| (issuer, key));
    let der = x509::create(cx, &template, &key, issuer).map_err(|error| match error {
        CallError::Message(message) => CallError::Message(format!("error creating certificate: {message}")),
        other => other,
    })?;
    Ok(Certificate { cert: pem::encode("CERTIFICATE", &der).into(), key: key.to_pem().into() })
}

/// Who signs in the name of an authority.
fn signer(ca: Certificate) -> Result<(Issuer, PrivateKey), String> {
    let der = pem::decode(ca.cert.as_bytes()).ok_or("unable to decode certificate")?.bytes;
    let issuer = x509::parse(&der);
    let issuer = issuer.map_err(|error| format!("error parsing certificate: decodedSignerCert.Bytes: {error}"))?;
    let key = PrivateKey::parse(&ca.key).map_err(|error| format!("error parsing private key: {error}"))?;
    Ok((issuer, key))
}

fn template(cx: &mut dyn Context, subject: Subject) -> Result<Template, CallError> {
    const SECOND: i128 = 1_000_000_000;
    /// Go counts them in an `int64`, which overflows after 292 years.
    const NANOSECONDS_A_DAY: i64 = 86_400 * 1_000_000_000;
    charge(cx, (subject.ips.len() + subject.dns.len()).saturating_mul(16))?;
    let ips = subject.ips.values().map(ip).collect::<Result<_, _>>()?;
    let dns_names = subject.dns.values().map(dns_name).collect::<Result<_, _>>()?;
    let now = cx.world().now();
    let end = now.saturating_add(subject.days.0.wrapping_mul(NANOSECONDS_A_DAY).into());
    let seconds = |moment: i128| i64::try_from(moment.div_euclid(SECOND)).unwrap_or(0);
    Ok(Template {
        serial: Dice::new(seed(cx)).array(),
        common_name: subject.name,
        ips,
        dns_names,
        not_before: seconds(now),
        not_after: seconds(end),
        role: subject.role,
    })
}

fn ip(value: &Value) -> Result<IpAddr, String> {
    let Value::String(text) = value else {
        return Err(format!("error parsing ip: {} is not a string", printed(value)));
    };
    text.to_str().parse().map_err(|_| format!("error parsing ip: {text}"))
}

fn dns_name(value: &Value) -> Result<Text, String> {
    let Value::String(text) = value else {
        return Err(format!("error processing alternate dns name: {} is not a string", printed(value)));
    };
    Ok(text.clone())
}

fn printed(value: &Value) -> Text {
    format::display(value).into()
}
