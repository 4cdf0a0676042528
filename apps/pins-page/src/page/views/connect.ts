import type { Explained, Outcome } from '@assay/pin-configs';
import type { Analysis, Question } from '../../analysis/model.ts';
import { plain } from '../../analysis/names.ts';
import { byId, day, el } from '../dom.ts';

const SAID: Readonly<Record<Outcome['answer'], string>> = {
  connects: 'Yes, it connects',
  refused: 'No, it refuses',
  crashes: 'No: the app crashes, or none of its connections work',
};

const BECAUSE: Readonly<Record<Outcome['because'], string>> = {
  pin_matched: 'a pin matches',
  unpinned: 'nothing is pinned for this host',
  expired: 'the pins have expired and no longer hold',
  overridden: 'an added authority overrides the pins',
  report_only: 'mismatches are only reported',
  no_pin_matched: 'no pin matches the chain',
  no_usable_pin: 'none of the pins can be used',
  untrusted: 'the chain is not trusted',
  configuration_invalid: 'the platform refuses the configuration',
};

export interface ConnectView {
  question(): Question;
  /** `isReady`: there are a configuration and certificates, so that a host is all that is missing. */
  show(connecting: Analysis['connecting'], isReady: boolean, host: string | undefined): void;
}

/** The question whether an app with the pasted configuration would connect, and its answer. */
export function createConnectView(now: () => number, changed: () => void): ConnectView {
  const host = byId('host', HTMLInputElement);
  const at = byId('at', HTMLInputElement);
  const build = byId('build', HTMLSelectElement);
  const anchor = byId('anchor', HTMLSelectElement);
  const sdk = byId('sdk', HTMLInputElement);
  at.value = day(now());
  for (const input of [host, at, build, anchor, sdk]) input.addEventListener('input', changed);
  return {
    question: () => ({
      host: host.value.trim().toLowerCase(),
      at: Number.isNaN(at.valueAsNumber) ? now() : at.valueAsNumber,
      build: build.value === 'debug' ? 'debug' : 'release',
      anchor: anchor.value === 'user' || anchor.value === 'app' ? anchor.value : 'system',
      targetSdk: Number.isInteger(sdk.valueAsNumber) ? sdk.valueAsNumber : DEFAULT_SDK,
    }),
    show(connecting, isReady, proposed) {
      byId('connect-panel', HTMLElement).hidden = !isReady;
      if (isReady && host.value === '' && proposed !== undefined && document.activeElement !== host) {
        host.value = proposed;
        changed();
      }
      byId('answer', HTMLElement).replaceChildren(...answerOf(connecting));
    },
  };
}

const DEFAULT_SDK = 35;

function answerOf(connecting: Analysis['connecting']): readonly HTMLElement[] {
  if (connecting === undefined) return [el('p', { class: 'empty' }, 'Name the host.')];
  const { answer, mechanisms } = connecting;
  if (answer === undefined) return [el('p', { class: 'empty' }, 'Nothing in these files decides about connections.')];
  return [el('p', { class: 'verdict', 'data-answer': answer }, SAID[answer]), ...mechanisms.map(mechanismOf)];
}

function mechanismOf({ mechanism, file, outcome: { answer, because, trace } }: Explained): HTMLElement {
  const steps = trace.map(({ text, place }) => {
    const line = place === undefined || place.line < 1 ? [] : [el('span', { class: 'line' }, `line ${place.line}`)];
    return el('li', {}, plain(text), ' ', ...line);
  });
  return el(
    'div',
    { class: 'mechanism', 'data-answer': answer },
    el(
      'p',
      { class: 'title' },
      el('b', {}, BECAUSE[because]),
      el('code', {}, mechanism),
      el('code', { class: 'place' }, plain(file)),
    ),
    el('ol', {}, ...steps),
  );
}
