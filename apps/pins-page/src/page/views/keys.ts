import type { FoundKey } from '../../analysis/model.ts';
import { plain } from '../../analysis/names.ts';
import { hasBackup, hostIn, policyText, usualChoice } from '../../analysis/policy-text.ts';
import { byId, code, copying, day, doing, el } from '../dom.ts';

const DAY_MS = 86_400_000;
/** A certificate that ends sooner is pointed out. */
const SOON_DAYS = 30;

export interface KeysView {
  show(keys: readonly FoundKey[], now: number): void;
}

/** The pins of what was pasted, and the policy that pins the chosen ones. */
export function createKeysView(usePolicy: (text: string) => void): KeysView {
  const host = byId('policy-host', HTMLInputElement);
  let keys: readonly FoundKey[] = [];
  let chosen: readonly string[] = [];
  let proposed = '';

  const draw = () => drawPolicy(keys, chosen, host.value.trim() || host.placeholder, usePolicy);
  const choose = (pin: string, isChosen: boolean) => {
    chosen = isChosen ? [...chosen, pin] : chosen.filter((each) => each !== pin);
    draw();
  };
  host.addEventListener('input', draw);
  return {
    show(found, now) {
      byId('keys-panel', HTMLElement).hidden = found.length === 0;
      if (pinsOf(found) === pinsOf(keys)) return;
      keys = found;
      chosen = usualChoice(found);
      // A name that the reader typed stays; one that came out of a certificate goes with it.
      const name = hostIn(found) ?? '';
      if (host.value === proposed) host.value = name;
      proposed = name;
      byId('keys', HTMLElement).replaceChildren(...found.map((key) => row(key, chosen.includes(key.pin), now, choose)));
      draw();
    },
  };
}

const pinsOf = (keys: readonly FoundKey[]): string => keys.map(({ pin }) => pin).join();

function row(
  key: FoundKey,
  isChosen: boolean,
  now: number,
  choose: (pin: string, isChosen: boolean) => void,
): HTMLElement {
  const { pin, role, subject, certificate } = key;
  const box = el('input', { type: 'checkbox', checked: isChosen });
  box.addEventListener('change', () => choose(pin, box.checked));
  const about = [subject ?? 'a public key by itself', key.key].map(plain).join(' · ');
  return el(
    'li',
    { class: 'key' },
    el('label', { class: 'check' }, box, el('span', { class: 'role', 'data-role': role }, role)),
    el('code', { class: 'pin' }, pin),
    copying(() => pin),
    el('p', { class: 'about' }, about),
    ...(certificate === undefined ? [] : [validity(certificate.notBefore, certificate.notAfter, now)]),
  );
}

function validity(notBefore: number, notAfter: number, now: number): HTMLElement {
  const left = Math.floor((notAfter - now) / DAY_MS);
  const said = left < 0 ? `ended ${day(notAfter)}` : `until ${day(notAfter)}, ${left} days`;
  const state = left < 0 ? 'ended' : left < SOON_DAYS ? 'soon' : 'good';
  return el(
    'p',
    { class: 'validity', 'data-state': state },
    notBefore > now ? `from ${day(notBefore)}, ${said}` : said,
  );
}

function drawPolicy(
  keys: readonly FoundKey[],
  chosen: readonly string[],
  host: string,
  use: (text: string) => void,
): void {
  const text = policyText(host, keys, chosen);
  byId('policy-hint', HTMLElement).textContent = hintOf(keys, chosen);
  const buttons = [copying(() => text), doing('Write configurations from it', 'Added to your files', () => use(text))];
  byId('policy', HTMLElement).replaceChildren(
    el(
      'figure',
      {},
      el('figcaption', {}, el('code', {}, 'assay.pins.yaml'), ...buttons),
      code(text.trimEnd().split('\n')),
    ),
  );
}

function hintOf(keys: readonly FoundKey[], chosen: readonly string[]): string {
  if (!keys.some(({ pin }) => chosen.includes(pin))) return 'Tick the keys to pin.';
  return hasBackup(keys, chosen)
    ? ''
    : 'No backup yet: make a second key, keep it offline, and paste its public key or a request here. Without one, a lost key ends the app.';
}
