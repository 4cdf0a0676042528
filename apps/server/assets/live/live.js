/** The live page: reads the operator's event stream; shows totals, phones, verdicts over time, and a feed with traces. */
import { clearBars, countBar, drawChart } from './chart.js';
import { element, plain, rowOf, timeOf } from './rows.js';

const FEED_LIMIT = 200;
const PHONE_LIMIT = 60;
const RECONNECT_MS = 2_000;
const TOTALS = ['passed', 'refused', 'letIn', 'blocked'];

const byId = (id) => document.getElementById(id);
const feed = byId('feed');
const phones = new Map();
/** What has come and is not shown yet: until the next frame, or for as long as the feed is held. */
let queue = [];
let isHolding = false;
let isDrawing = false;
let run;
let lastSeq = 0;

function greet({ issuer, notice, since }) {
  if (run !== undefined && run !== since) startAnew();
  run = since;
  byId('issuer').textContent = plain(issuer);
  byId('notice').textContent = plain(notice);
  byId('notice').hidden = notice === '';
}

/** The server was started again: what the page shows is of a run that is over. */
function startAnew() {
  queue = [];
  lastSeq = 0;
  phones.clear();
  clearBars();
  for (const id of ['genuine', 'forged']) {
    byId(id).replaceChildren();
    byId(id).parentElement.hidden = true;
  }
  feed.replaceChildren(element('li', {}, 'The server was started again.'));
  feed.firstElementChild.className = 'empty';
}

function showTotals(totals) {
  for (const id of TOTALS) byId(id).textContent = String(totals[id]);
  if (totals.reasons.length === 0) return;
  byId('reasons').replaceChildren(
    ...totals.reasons.map(([code, times]) =>
      element('li', {}, element('code', {}, plain(code)), element('span', {}, `${times} ×`)),
    ),
  );
}

/** After a broken connection the backlog comes again; what was seen is left out. */
function receive(item) {
  if (item.kind === 'phone') return showPhone(item);
  if (item.seq <= lastSeq) return;
  lastSeq = item.seq;
  if (item.kind === 'appraisal' || item.kind === 'rejection') countBar(item);
  queue.push(item);
  if (queue.length > FEED_LIMIT) queue.shift();
  schedule();
}

function schedule() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(() => {
    isDrawing = false;
    if (isHeld()) showWaiting();
    else release();
  });
}

/** Nothing moves while a row is open: somebody reads it. */
function isHeld() {
  return isHolding || feed.querySelector('details[open]') !== null;
}

function showWaiting() {
  const count = queue.length === FEED_LIMIT ? `${FEED_LIMIT} or more` : queue.length;
  byId('waiting').textContent = queue.length === 0 ? '' : `${count} more waiting`;
}

function release() {
  const rows = queue.reverse().map(rowOf);
  queue = [];
  if (rows.length > 0) feed.querySelector('.empty')?.remove();
  feed.prepend(...rows);
  while (feed.children.length > FEED_LIMIT) feed.lastElementChild.remove();
  showWaiting();
}

/** One row for each phone, the latest turn in the place of the one before, unless somebody reads that. */
function showPhone(item) {
  const before = phones.get(item.headline);
  if (before?.querySelector('details').open) return;
  if (before === undefined && phones.size >= PHONE_LIMIT) return;
  const row = rowOf(item);
  phones.set(item.headline, row);
  const list = byId(item.outcome === 'pass' ? 'genuine' : 'forged');
  list.parentElement.hidden = false;
  if (before?.parentElement === list) replaceQuietly(before, row);
  else {
    before?.remove();
    list.append(row);
  }
}

function replaceQuietly(before, row) {
  const hadFocus = before.contains(document.activeElement);
  before.replaceWith(row);
  if (hadFocus) row.querySelector('summary').focus({ preventScroll: true });
}

function setLink(state, text) {
  byId('link').dataset.state = state;
  byId('link').textContent = text;
}

function connect() {
  const source = new EventSource('events');
  source.addEventListener('open', () => setLink('live', 'live'));
  source.addEventListener('error', () => {
    setLink('lost', 'connection lost, trying again');
    // A browser tries again by itself, except after an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, RECONNECT_MS);
  });
  source.addEventListener('hello', (event) => greet(JSON.parse(event.data)));
  source.addEventListener('totals', (event) => showTotals(JSON.parse(event.data)));
  source.addEventListener('item', (event) => receive(JSON.parse(event.data)));
}

for (const button of document.querySelectorAll('[data-show][type=button]')) {
  button.addEventListener('click', () => {
    feed.dataset.show = button.dataset.show;
    for (const other of document.querySelectorAll('[data-show][type=button]'))
      other.setAttribute('aria-pressed', String(other === button));
  });
}

byId('hold').addEventListener('click', () => {
  isHolding = !isHolding;
  byId('hold').setAttribute('aria-pressed', String(isHolding));
  schedule();
});

feed.addEventListener('toggle', schedule, { capture: true });

function tick() {
  byId('clock').textContent = timeOf(Date.now());
  drawChart(byId('chart'), { up: byId('chart-up'), down: byId('chart-down') });
}

connect();
tick();
setInterval(tick, 1_000);
