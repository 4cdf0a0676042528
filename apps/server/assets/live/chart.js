/** Verdicts over time: passes rise above the line, refusals hang below it, so that place tells them apart, not colour. */

const WINDOW_SECONDS = 120;
const BAR_SECONDS = 2;
const SLOTS = WINDOW_SECONDS / BAR_SECONDS;
const WIDTH = 600;
const HEIGHT = 120;
const LEAST_SCALE = 4;

const bars = new Map();

export function clearBars() {
  bars.clear();
}

export function countBar({ at, outcome }) {
  const slot = slotOf(at);
  const bar = bars.get(slot) ?? { pass: 0, refused: 0 };
  bar[outcome] += 1;
  bars.set(slot, bar);
}

export function drawChart(svg, { up, down }) {
  const now = slotOf(Date.now());
  for (const slot of bars.keys()) if (slot <= now - SLOTS) bars.delete(slot);
  const shown = [...bars].filter(([slot]) => slot <= now);
  const most = Math.max(LEAST_SCALE, ...shown.flatMap(([, { pass, refused }]) => [pass, refused]));
  up.textContent = String(most);
  down.textContent = String(most);
  svg.replaceChildren(
    shape('line', { class: 'middle', x1: 0, x2: WIDTH, y1: HEIGHT / 2, y2: HEIGHT / 2 }),
    ...shown.flatMap(([slot, bar]) => columnOf(SLOTS - 1 - (now - slot), bar, most)),
  );
  svg.setAttribute('aria-label', sentenceOf(shown.map(([, bar]) => bar)));
}

function slotOf(at) {
  return Math.floor(at / 1000 / BAR_SECONDS);
}

function columnOf(index, { pass, refused }, most) {
  const width = WIDTH / SLOTS;
  const scale = (HEIGHT / 2 - 3) / most;
  const place = { x: index * width + 1, width: width - 2 };
  const middle = HEIGHT / 2;
  return [
    shape('rect', { class: 'pass', ...place, y: middle - 1 - pass * scale, height: pass * scale }),
    shape('rect', { class: 'refuse', ...place, y: middle + 1, height: refused * scale }),
  ];
}

function sentenceOf(shown) {
  const sum = (outcome) => shown.reduce((total, bar) => total + bar[outcome], 0);
  return `Last two minutes: ${sum('pass')} passed, ${sum('refused')} refused`;
}

function shape(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
