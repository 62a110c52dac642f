// Makes static/schemas/kubernetes.txt: what fields the kinds of Kubernetes have, without a word of their documentation.
//
// The schemas are those of the crate k8s-openapi, one version of Kubernetes after the other; this compiles them, asks for
// them, and merges them into one list that says since when a field is there, and until when. Two things are not in these
// schemas and come from the comments in Kubernetes' Go sources: the values of closed enums (enums.json, `+enum`) and
// which fields tell the entries of a list apart (keyed-lists.json, `+listMapKey`).
//
// Run it as `node .ci/schemas/generate.mjs` when a new Kubernetes is out. The format is described where it is read, in
// src/kube/schema/text.rs.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const VERSIONS = [33, 34, 35, 36, 37];
const CRATE = "0.29.0";
const [FIRST, LAST] = [VERSIONS.at(0), VERSIONS.at(-1)];

/** The manifest of a package that asks k8s-openapi for its schemas. */
const manifest = `[package]
name = "schemas"
version = "0.0.0"
edition = "2024"
[features]
${VERSIONS.map((minor) => `v1_${minor} = ["k8s-openapi/v1_${minor}"]`).join("\n")}
[dependencies]
k8s-openapi = { version = "=${CRATE}", features = ["schemars"] }
serde_json = "1"
[workspace]
`;

/** All files below a folder. */
function files(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** The Rust paths of the kinds that one version of the crate has. */
function kinds(source, minor) {
  const folder = join(source, `v1_${minor}`);
  const found = files(folder).sort().flatMap((file) => {
    const name = readFileSync(file, "utf8").match(/^impl crate::Resource for (\w+) \{/m)?.[1];
    return name ? [["k8s_openapi", ...dirname(relative(folder, file)).split("/"), name].join("::")] : [];
  });
  return found.filter((path) => !path.includes("::meta::"));
}

const program = (kinds) => `use k8s_openapi::{Resource, schemars::SchemaGenerator};
fn kind<T: Resource + k8s_openapi::schemars::JsonSchema>(generator: &mut SchemaGenerator) -> serde_json::Value {
    let schema = generator.subschema_for::<T>();
    serde_json::json!({ "apiVersion": T::API_VERSION, "kind": T::KIND, "schema": schema })
}
fn main() {
    let generator = &mut SchemaGenerator::default();
    let kinds = [${kinds.map((path) => `kind::<${path}>(generator)`).join(",\n")}];
    println!("{}", serde_json::json!({ "kinds": kinds.as_slice(), "types": generator.definitions() }));
}
`;

/** The schemas of each version. */
function schemas() {
  const folder = process.env.CHARTROOM_SCHEMAS_BUILD ?? mkdtempSync(join(tmpdir(), "chartroom-schemas-"));
  const cargo = (...args) =>
    execFileSync("cargo", args, { cwd: folder, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] }).toString();
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "Cargo.toml"), manifest);
  writeFileSync(join(folder, "src/main.rs"), "fn main() {}\n");
  const { packages } = JSON.parse(cargo("metadata", "--format-version=1", `--features=v1_${LAST}`));
  const source = dirname(packages.find(({ name }) => name === "k8s-openapi").targets.find(({ name }) => name === "k8s_openapi").src_path);
  const all = VERSIONS.map((minor) => {
    writeFileSync(join(folder, "src/main.rs"), program(kinds(source, minor)));
    return { minor, ...JSON.parse(cargo("run", "--quiet", `--features=v1_${minor}`)) };
  });
  if (!process.env.CHARTROOM_SCHEMAS_BUILD) rmSync(folder, { recursive: true });
  return all;
}

const enums = JSON.parse(readFileSync(join(here, "enums.json"), "utf8"));
const keyedLists = JSON.parse(readFileSync(join(here, "keyed-lists.json"), "utf8"));

/** `io.k8s.api.core.v1.Container` is `core.v1.Container`. */
const short = (name) =>
  name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis)\./, "");

/** Whose schema says nothing, or less than what is true: they take anything. */
const ANYTHING = /\.(JSON|JSONSchemaPropsOr\w+|FieldsV1|RawExtension|ManagedFieldsEntry)$/;

/** How a type is written; types of the list itself by their name. */
function written(schema, used) {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference) {
    const name = decodeURIComponent(reference.split("/").at(-1));
    if (name.endsWith(".Quantity")) return "q";
    if (name.endsWith(".IntOrString")) return "o";
    if (/\.(Micro)?Time$/.test(name)) return "s";
    if (ANYTHING.test(name)) return "*";
    used.add(name);
    return short(name);
  }
  const type = [schema.type].flat().find((type) => type && type !== "null");
  if (type === "array") return `[${written(schema.items, used)}`;
  if (type === "object" && schema.additionalProperties) return `{${written(schema.additionalProperties, used)}`;
  return { string: "s", integer: "i", number: "n", boolean: "b" }[type] ?? "*";
}

/** Puts one version's fields into the list of all. */
function merge(types, { minor, types: defined }, name, isKind) {
  const schema = defined[name];
  const fields = (types[name] ??= {});
  const used = new Set();
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const isLeftOut = isKind && key === "status";
    const type = isLeftOut ? "*" : written(property, used);
    const field = (fields[key] ??= { type, since: minor, required: true });
    field.until = minor;
    field.type = field.type === type ? type : "*";
    // The crate calls all metadata required, Kubernetes doesn't.
    field.required &&= (schema.required ?? []).includes(key) && !isLeftOut && key !== "metadata";
  }
  return used;
}

/** What is said of a field behind its type; of versions only what differs from those of the type around it. */
function attributes(name, key, { since, until }, around = { since: FIRST, until: LAST }) {
  const keys = keyedLists[`${name}.${key}`];
  const values = enums[`${name}.${key}`];
  return [
    since > around.since && `+${since}`,
    until < around.until && `-${until + 1}`,
    keys && `k:${keys.join(",")}`,
    values && `e:${values.join("|")}`,
  ].filter(Boolean);
}

const [types, roots] = [{}, {}];
for (const version of schemas()) {
  const seen = new Set();
  const visit = (name, isKind) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const used of merge(types, version, name, isKind)) visit(used, false);
  };
  for (const { apiVersion, kind, schema } of version.kinds) {
    const name = decodeURIComponent(schema.$ref.split("/").at(-1));
    const root = (roots[`${apiVersion} ${kind}`] ??= { name, since: version.minor });
    root.until = version.minor;
    visit(name, true);
  }
}

const lines = [`kubernetes ${FIRST} ${LAST}`];
for (const root of Object.keys(roots).sort()) {
  const { name, since, until } = roots[root];
  lines.push([`= ${root} ${short(name)}`, ...attributes("", "", { since, until })].join(" "));
}
for (const name of Object.keys(types).sort()) {
  const fields = Object.values(types[name]);
  const around = {
    since: Math.min(...fields.map(({ since }) => since)),
    until: Math.max(...fields.map(({ until }) => until)),
  };
  lines.push(`# ${short(name)}`);
  for (const key of Object.keys(types[name]).sort()) {
    const field = types[name][key];
    lines.push([key + (field.required ? "!" : ""), field.type, ...attributes(name, key, field, around)].join(" "));
  }
}
const out = join(here, "../../static/schemas");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "kubernetes.txt"), `${lines.join("\n")}\n`);
console.log(`${Object.keys(roots).length} kinds, ${Object.keys(types).length} types, ${lines.length} lines`);
