// The three rules of the problems list, each on a chart that breaks it and on the same chart mended.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { expectComplaints, inChromium, test } from "./browser.js";
import { eventually, link, open, outputHas, problems, template, tiny, typeAfter, unfoldProblems, values } from "./chartroom.js";

const probes = ["readinessProbe: {tcpSocket: {port: 80}}", "livenessProbe: {tcpSocket: {port: 80}, failureThreshold: 6}"].map(
  (probe) => `          ${probe}\n`,
);
const set = (serviceName, container, volumes = "") => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
${serviceName}  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - name: db
          image: db:1
          ports: [{containerPort: 80}]
          securityContext: {runAsNonRoot: true, runAsUser: 10001, readOnlyRootFilesystem: true}
          resources: {requests: {cpu: 100m}, limits: {memory: 128Mi}}
${container}${volumes}`;
const service = (spec) => `apiVersion: v1\nkind: Service\nmetadata: {name: db}\nspec:\n${spec}`;
const headless = service("  clusterIP: None\n  selector: {app: db}\n");
const named = "  serviceName: db\n";
const mount = (path) => [
  `          volumeMounts: [{name: host, mountPath: /host}]\n`,
  `      nodeSelector: {kubernetes.io/hostname: a}\n      volumes: [{name: host, hostPath: {path: ${path}, type: Directory}}]\n`,
];

const rules = {
  "statefulset-missing-service-name": [set("", probes.join("")), headless],
  "statefulset-service-not-found": [set("  serviceName: other\n", probes.join("")), headless],
  "statefulset-service-not-headless": [set(named, probes.join("")), service("  selector: {app: db}\n")],
  "statefulset-service-selector-mismatch": [set(named, probes.join("")), service("  clusterIP: None\n  selector: {app: other}\n")],
  "no-readiness-probe": [set(named, probes[1]), headless],
  "no-liveness-probe": [set(named, probes[0]), headless],
  "docker-sock": [set(named, probes.join("") + mount("/var/run/docker.sock")[0], mount("/var/run/docker.sock")[1]), headless],
  "sensitive-host-mounts": [set(named, probes.join("") + mount("/etc")[0], mount("/etc")[1]), headless],
  "writable-host-mount": [set(named, probes.join("") + mount("/srv/data")[0], mount("/srv/data")[1]), headless],
};

inChromium("the problems", (chromium) => {
  for (const [rule, [statefulSet, partner]] of Object.entries(rules)) {
    test(`names ${rule}, the document, what follows, and the place`, async () => {
      const page = await chromium.visit(link(tiny(statefulSet, { "templates/service.yaml": partner })));
      await outputHas(page, "kind: StatefulSet");
      await unfoldProblems(page);
      const row = page.locator(`[data-problem="${rule}"]`).first();
      await row.waitFor();
      assert.match(await row.locator(".problem-message").textContent(), /\w+ \w+ \w+/);
      assert.match(await row.getByRole("button").first().textContent(), /^(a|service)\.yaml:\d+$/);
      assert.equal(await row.locator("xpath=ancestor::ul/preceding-sibling::h3[1]").textContent(), "StatefulSet db");
    });
  }

  test("a sound chart has none", async () => {
    const mounted = `${probes.join("")}          volumeMounts: [{name: data, mountPath: /data}]\n`;
    const claims = `      securityContext: {fsGroup: 10001}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 1Gi}}}
`;
    const ofRelease = (text) => text.replace(/(metadata:\n {2}name|metadata: \{name|serviceName): db/, "$1: {{ .Release.Name }}");
    const own = ofRelease(ofRelease(set(named, mounted, claims)));
    const page = await chromium.visit(link(tiny(own, { "templates/service.yaml": ofRelease(headless) })));
    await outputHas(page, "kind: StatefulSet");
    await page.getByRole("button", { name: "No problems" }).waitFor();
  });

  test("the default chart has one warning, which leads to its place and goes when it is put right", async () => {
    const page = await chromium.visit();
    await outputHas(page, "kind: StatefulSet");
    await unfoldProblems(page);
    const warning = page.locator('[data-problem="statefulset-missing-service-name"]');
    assert.equal(await warning.count(), 1);
    const hints = (await problems(page).count()) - 1;
    await open(page, "templates/service.yaml");
    const place = warning.getByRole("button", { name: /statefulset\.yaml:\d+/ });
    await place.click();
    await page.getByRole("textbox", { name: "templates/statefulset.yaml" }).waitFor();
    assert.equal(await template(page).evaluate((content) => content.contains(document.activeElement)), true);
    await typeAfter(template(page), "replicas:", '\nserviceName: {{ include "web.fullname" . }}');
    await outputHas(page, "serviceName: web");
    await warning.waitFor({ state: "detached" });
    await eventually(page, (count) => document.querySelectorAll("[data-problem]").length === count, hints);
  });

  test("an edit mends the value a fault comes from, keeps the comment, and is one step of undo", async () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: a
      image: a:1
      securityContext:
        allowPrivilegeEscalation: {{ .Values.escalation }}
`;
    const text = "escalation: true # for now\n";
    const page = await chromium.visit(link(tiny(pod, { "values.yaml": text })));
    await outputHas(page, "allowPrivilegeEscalation: true");
    await unfoldProblems(page);
    const row = page.locator('[data-problem="privilege-escalation-container"]');
    assert.match(await row.locator(".mend-diff").textContent(), /- escalation: true # for now.*\+ escalation: false # for now/s);
    await row.getByRole("button", { name: "Apply fix" }).click();
    await outputHas(page, "allowPrivilegeEscalation: false");
    await row.waitFor({ state: "detached" });
    assert.equal(await values(page).textContent(), "escalation: false # for now");
    await values(page).focus();
    await page.keyboard.press("Control+z");
    await outputHas(page, "allowPrivilegeEscalation: true");
    // The linter comes after the output, in a pause of the typing.
    await row.waitFor();
    await page.keyboard.press("Control+.");
    await outputHas(page, "allowPrivilegeEscalation: false");
  });

  test("says why, tries the fix, ignores with a reason, and lists what is ignored apart", async () => {
    const page = await chromium.visit();
    await outputHas(page, "kind: StatefulSet");
    await unfoldProblems(page);
    const row = page.locator('[data-problem="statefulset-missing-service-name"]');
    await row.getByRole("button", { name: "Why" }).click();
    await row.getByText("Why it matters").waitFor();
    await row.getByRole("textbox", { name: "Reason" }).fill("it is alone");
    await row.getByRole("button", { name: "Ignore here" }).click();
    await row.waitFor({ state: "detached" });
    const ignored = page.locator(".problems-ignored");
    await ignored.getByText("1 ignored").click();
    await ignored.getByText("it is alone").first().waitFor();
    assert.match(await template(page).textContent(), /lint-ignore: statefulset-missing-service-name it is alone/);
    await page.locator("[data-checked]").getByText(/2 documents, \d+ rules checked/).waitFor();
    await template(page).focus();
    await page.keyboard.press("Control+z");
    await row.waitFor();
    await ignored.waitFor({ state: "detached" });
  });

  test("a fix is tried before it is made, when somebody asks", async () => {
    const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers: [{name: a, image: \"a:1\"}]\n";
    const page = await chromium.visit(link(tiny(pod)));
    await outputHas(page, "hostPID: true");
    await unfoldProblems(page);
    const row = page.locator('[data-problem="host-pid"]');
    await row.getByRole("button", { name: "Why" }).click();
    await row.locator("[data-trial]").getByText("Tried: 2 problems go, none comes, 1 line of the output changes.").waitFor();
  });

  test("what helm lint says, all rules, and the list as a file", async () => {
    const page = await chromium.visit();
    await outputHas(page, "kind: StatefulSet");
    await unfoldProblems(page);
    await page.locator("[data-helm-lint]").click();
    await page.getByText("[INFO] Chart.yaml: icon is recommended").waitFor();
    await page.getByText("1 chart(s) linted, 0 chart(s) failed").waitFor();
    for (const [format, has] of [["text", /warning\[statefulset-missing-service-name\]/], ["json", /"rule": "statefulset-missing/], ["sarif", /"version": "2.1.0"/], ["junit", /<testsuites[^]*statefulset-missing-service-name/], ["markdown", /^## [^]*`statefulset-missing-service-name`/m], ["html", /^<!DOCTYPE html>[^]*statefulset-missing-service-name/i]]) {
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-save="${format}" i]`).click()]);
      assert.match(await readFile(await download.path(), "utf8"), has);
    }
    await page.getByRole("button", { name: "All rules" }).click();
    const dialog = page.getByRole("dialog", { name: "Rules" });
    await dialog.getByRole("searchbox", { name: "Find a rule" }).fill("docker-sock");
    await dialog.getByText("docker-sock").first().click();
    await dialog.getByText("Why it matters").waitFor();
  });

  test("a report from templates that can't be fetched is said to be missing", async () => {
    const page = await chromium.visit("", { serviceWorkers: "block" });
    expectComplaints(page);
    await page.context().route("**/jinja*", (route) => route.abort());
    await outputHas(page, "kind: StatefulSet");
    await unfoldProblems(page);
    await page.locator("[data-save='HTML']").click();
    await page.getByText("What writes reports in this format could not be fetched").waitFor();
    await typeAfter(values(page), "replicaCount: 3", "3");
    await outputHas(page, "replicas: 33");
  });

  test("what is wrong is marked in the editor", async () => {
    const page = await chromium.visit();
    await page.locator("[class^=cm-mark-]").first().waitFor();
  });
});
