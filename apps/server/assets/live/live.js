/**
 * The live page: reads the operator's event stream and shows verdicts over time and a feed with the trace of each
 * refusal. Everything is set through the DOM as text; nothing that arrives is ever parsed as markup.
 */

const FEED_LIMIT = 200;
const WINDOW_SECONDS = 120;
const BAR_SECONDS = 2;

const byId = (id) => document.getElementById(id);
const counts = { passed: 0, refused: 0, tokens: 0, blocked: 0 };
const reasons = new Map();
const bars = new Map();
let held = [];
let holding = false;

/** Which counters one item moves: [kind, outcome] -> counter. */
const COUNTER = {
  'appraisal pass': 'passed',
  'appraisal refused': 'refused',
  'rejection refused': 'refused',
  'call pass': 'tokens',
  'call refused': 'blocked',
};

const WORD = {
  pass: 'passed',
  refused: 'refused',
  passed: 'holds',
  failed: 'fails',
  not_run: 'not run',
  held: 'holds',
  not_applicable: 'does not apply',
};

function receive(item) {
  const counter = COUNTER[`${item.kind} ${item.outcome}`];
  if (counter) byId(counter).textContent = String(++counts[counter]);
  if (item.kind !== 'call') countBar(item);
  if (item.outcome === 'refused') countReason(item.code);
  if (holding) held.push(item);
  else show(item);
}

function countBar({ at, outcome }) {
  const slot = Math.floor(at / 1000 / BAR_SECONDS);
  const bar = bars.get(slot) ?? { pass: 0, refused: 0 };
  bar[outcome] += 1;
  bars.set(slot, bar);
}

function countReason(code) {
  reasons.set(code, (reasons.get(code) ?? 0) + 1);
  const top = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 10);
  byId('reasons').replaceChildren(
    ...top.map(([name, times]) => element('li', {}, element('code', {}, name), element('span', {}, String(times)))),
  );
}

function show(item) {
  const feed = byId('feed');
  feed.querySelector('.empty')?.remove();
  feed.prepend(rowOf(item));
  while (feed.children.length > FEED_LIMIT) feed.lastElementChild.remove();
}

function rowOf(item) {
  const row = byId('item').content.firstElementChild.cloneNode(true);
  const set = (selector, text) => {
    row.querySelector(selector).textContent = text;
  };
  row.dataset.outcome = item.outcome;
  row.dataset.kind = item.kind;
  const time = row.querySelector('time');
  time.dateTime = new Date(item.at).toISOString();
  time.textContent = new Date(item.at).toLocaleTimeString('en-GB');
  set('.verdict', WORD[item.outcome]);
  set('.headline', item.headline);
  set('.subject', item.subject);
  set('.code', item.code);
  set('.why', item.why);
  set('.support', item.support ? `support code ${item.support}` : '');
  row.querySelector('tbody').replaceChildren(...item.steps.map(stepOf));
  if (item.steps.length === 0) row.querySelector('table').remove();
  return row;
}

function stepOf(step) {
  const seen = element('td', {}, step.note ?? '');
  if (step.expected) seen.append(element('small', {}, `expected ${step.expected}, found ${step.found}`));
  if (step.clause) seen.append(element('small', {}, step.clause));
  return element(
    'tr',
    { outcome: step.outcome },
    element('td', {}, step.name),
    element('td', {}, WORD[step.outcome]),
    seen,
  );
}

function element(name, data, ...children) {
  const made = document.createElement(name);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

function draw() {
  const now = Math.floor(Date.now() / 1000 / BAR_SECONDS);
  const slots = WINDOW_SECONDS / BAR_SECONDS;
  for (const slot of bars.keys()) if (slot < now - slots) bars.delete(slot);
  const most = Math.max(4, ...[...bars.values()].map((bar) => bar.pass + bar.refused));
  byId('chart').replaceChildren(
    ...[...bars].flatMap(([slot, bar]) => columnOf(slots - 1 - (now - slot), slots, bar, most)),
  );
}

function columnOf(index, slots, bar, most) {
  const width = 600 / slots;
  const scale = 92 / most;
  const refused = bar.refused * scale;
  const passed = bar.pass * scale;
  return [
    rectangle('refuse', index * width, 96 - refused, width - 2, refused),
    rectangle('pass', index * width, 96 - refused - passed, width - 2, passed),
  ];
}

function rectangle(name, x, y, width, height) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [key, value] of Object.entries({ class: name, x, y, width, height }))
    made.setAttribute(key, String(value));
  return made;
}

function setLink(state, text) {
  byId('link').dataset.state = state;
  byId('link').textContent = text;
}

function connect() {
  const source = new EventSource('events');
  source.addEventListener('open', () => setLink('live', 'live'));
  source.addEventListener('error', () => setLink('lost', 'connection lost, trying again'));
  source.addEventListener('hello', (event) => {
    const hello = JSON.parse(event.data);
    byId('issuer').textContent = hello.issuer;
    byId('notice').textContent = hello.notice;
    byId('notice').hidden = hello.notice === '';
  });
  source.addEventListener('item', (event) => receive(JSON.parse(event.data)));
}

for (const button of document.querySelectorAll('.filter [data-show]')) {
  button.addEventListener('click', () => {
    byId('feed').dataset.show = button.dataset.show;
    for (const other of document.querySelectorAll('.filter [data-show]'))
      other.setAttribute('aria-pressed', String(other === button));
  });
}

byId('hold').addEventListener('click', () => {
  holding = !holding;
  byId('hold').setAttribute('aria-pressed', String(holding));
  if (holding) return;
  held.slice(-FEED_LIMIT).forEach(show);
  held = [];
});

connect();
setInterval(draw, 1000);
