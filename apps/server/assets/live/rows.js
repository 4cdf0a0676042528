/** Rows of the page: one item with its trace. Everything is set as text; nothing that arrives is ever read as markup. */

const MAX_CHARACTERS = 2_000;

/** Never by colour alone: a mark and a word. */
const WORD = {
  pass: '✓ passed',
  refused: '✕ refused',
  passed: '✓ holds',
  failed: '✕ fails',
  not_run: '– not run',
  held: '✓ holds',
};

/** Text from outside. Control and direction characters would let it pose as something else, so they are shown by number. */
export function plain(text) {
  return String(text ?? '')
    .slice(0, MAX_CHARACTERS)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

export function element(name, data, ...children) {
  const made = document.createElement(name);
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
}

export function timeOf(at) {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** A row out of the page's template. */
export function rowOf(item) {
  const row = document.getElementById('item').content.firstElementChild.cloneNode(true);
  const set = (selector, text) => {
    row.querySelector(selector).textContent = plain(text);
  };
  row.dataset.outcome = item.outcome;
  row.dataset.kind = item.kind;
  const time = row.querySelector('time');
  time.dateTime = new Date(item.at).toISOString();
  time.textContent = timeOf(item.at);
  set('.verdict', WORD[item.outcome]);
  set('.headline', item.headline);
  set('.subject', item.subject);
  set('.code', item.code);
  set('.why', item.why);
  fillMarks(row, item);
  set('.support', item.support ? `support code ${item.support}` : '');
  fillTrace(row, item.steps);
  return row;
}

/** All of them stand in the trace; what the outcome alone would hide, and what a phone's pass is worth, on the row too. */
function fillMarks(row, { kind, outcome, marks = [] }) {
  const isWorth = ({ name }) => name === 'assurance' && kind === 'phone' && outcome === 'pass';
  const shown = marks.filter((mark) => mark.loud || isWorth(mark));
  row.querySelector('.headline').append(...shown.map(badgeOf));
  const list = row.querySelector('.marks');
  list.replaceChildren(
    ...marks.flatMap(({ name, text }) => [element('dt', {}, plain(name)), element('dd', {}, plain(text))]),
  );
  if (marks.length === 0) list.remove();
}

function badgeOf({ name, text, loud }) {
  return element('span', { mark: loud ? 'loud' : 'quiet' }, plain(loud ?? `${name} ${text}`));
}

/** What does not hold stands first, then every step. */
function fillTrace(row, steps) {
  const failed = steps.filter(({ outcome }) => outcome === 'failed');
  row.querySelector('.gaps').replaceChildren(...failed.flatMap(gapOf));
  row.querySelector('tbody').replaceChildren(...steps.map(stepOf));
  if (failed.length === 0) row.querySelector('.gaps').remove();
  if (steps.length === 0) row.querySelector('table').remove();
}

function gapOf({ name, clause, expected, found }) {
  const lines = [
    ['step', name],
    ['clause', clause],
    ['expected', expected],
    ['found', found],
  ];
  return lines
    .filter(([, text]) => text !== undefined)
    .flatMap(([label, text]) => [element('dt', { gap: label }, label), element('dd', { gap: label }, plain(text))]);
}

function stepOf({ name, clause, outcome, note, expected, found }) {
  const seen = element('td', {}, plain(note ?? (expected === undefined ? '' : `expected ${expected}, found ${found}`)));
  if (clause) seen.append(element('small', {}, plain(clause)));
  return element(
    'tr',
    { outcome },
    element('td', {}, plain(name)),
    element('td', {}, WORD[outcome] ?? plain(outcome)),
    seen,
  );
}
