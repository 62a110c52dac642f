// Whole processes: `chartroom template` beside `helm template`, turn by turn, on the same charts.
// usage: bench_processes.mjs CHARTROOM FOLDER TURNS [CHART]
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const [chartroom, folder, turns, stack] = process.argv.slice(2);
const helm = process.env.HELM;
const home = mkdtempSync(join(tmpdir(), "chartroom-bench-"));
const env = { ...process.env, KUBECONFIG: "/nonexistent", HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };

// What one of the two refuses is no measure: to refuse is quick.
const renders = (chart) => [chartroom, helm ?? chartroom].every((program) => run(program, chart).status === 0);
const rows = [...chartsIn(folder), ...(stack ? [stack] : [])].filter(renders).map(measure);
rmSync(home, { recursive: true });
rows.slice(-30).forEach(({ chart, ours, theirs }) => console.log(line(basename(chart), ours, theirs)));
if (rows.length > 1) {
  const middle = (key) => median(rows.map((row) => row[key]));
  console.log(line(`${rows.length} charts, medians`, middle("ours"), middle("theirs")));
  if (helm) {
    const ratios = rows.map(({ ours, theirs }) => theirs / ours).sort((a, b) => a - b);
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    const total = rows.reduce((sum, row) => sum + row.theirs, 0) / rows.reduce((sum, row) => sum + row.ours, 0);
    console.log(`times as fast as Helm: ${mean.toFixed(1)} (geometric mean), ${median(ratios).toFixed(1)} (median), ${ratios[0].toFixed(1)} (least), ${total.toFixed(1)} (all together)`);
  }
}

// Charts are not looked for inside charts.
function chartsIn(path) {
  if (existsSync(join(path, "Chart.yaml"))) {
    return [path];
  }
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((entry) => entry.name).sort().flatMap((name) => chartsIn(join(path, name)));
}

// The fastest of the turns: what else the machine does only makes them slower.
function measure(chart) {
  let [ours, theirs] = [Infinity, helm ? Infinity : NaN];
  for (let turn = 0; turn < Number(turns); turn += 1) {
    ours = Math.min(ours, time(chartroom, chart));
    if (helm) {
      theirs = Math.min(theirs, time(helm, chart));
    }
  }
  return { chart, ours, theirs };
}

function time(program, chart) {
  const start = process.hrtime.bigint();
  run(program, chart);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function run(program, chart) {
  return spawnSync(program, ["template", "rel", chart], { env, stdio: "ignore" });
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function line(name, ours, theirs) {
  const beside = helm ? `, helm ${theirs.toFixed(1).padStart(7)} ms, ${(theirs / ours).toFixed(1).padStart(5)} times` : "";
  return `${name.padEnd(40)} ${ours.toFixed(1).padStart(7)} ms${beside}`;
}
