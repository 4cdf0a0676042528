import { RULES, TARGETS } from '@assay/pin-configs';
import { EXAMPLE } from '../analysis/example.ts';
import type { Analysis } from '../analysis/model.ts';
import { hostIn } from '../analysis/policy-text.ts';
import { createBackend, type Outcome } from './backend.ts';
import { byId } from './dom.ts';
import { createSheets } from './sheets.ts';
import { createConnectView } from './views/connect.ts';
import { createFindingsView } from './views/findings.ts';
import { createKeysView } from './views/keys.ts';
import { createWriteView } from './views/write.ts';

/** Puts the page together: every change asks for an analysis, every analysis is shown whole. */
export function start(script: string): void {
  const now = () => Date.now();
  const backend = createBackend(script, show);
  const ask = () => {
    document.body.dataset['busy'] = '';
    backend.ask({ sheets: sheets.sheets(), now: now(), question: connect.question(), wishes: write.wishes() });
  };
  const keys = createKeysView((text) => {
    write.reveal();
    sheets.put('assay.pins.yaml', text);
  });
  const connect = createConnectView(now, ask);
  const findings = createFindingsView();
  const write = createWriteView(ask);
  const sheets = createSheets(ask);

  function show(outcome: Outcome): void {
    delete document.body.dataset['busy'];
    const fault = byId('fault', HTMLElement);
    fault.hidden = !('fault' in outcome);
    fault.textContent = 'fault' in outcome ? outcome.fault : '';
    showAnalysis('fault' in outcome ? NOTHING : outcome.analysis);
  }
  function showAnalysis({ sheets: states, keys: found, lint, connecting, written }: Analysis): void {
    sheets.show(states);
    byId('welcome', HTMLElement).hidden = states.length > 0;
    keys.show(found, now());
    const hasChain = found.some(({ certificate }) => certificate !== undefined);
    connect.show(connecting, hasChain && lint !== undefined, hostIn(found));
    findings.show(lint);
    write.show(written);
  }
  byId('rule-count', HTMLElement).textContent = String(RULES.length);
  byId('target-count', HTMLElement).textContent = String(TARGETS.length);
  byId('example', HTMLButtonElement).addEventListener('click', () => {
    for (const { name, text } of EXAMPLE) sheets.put(name, text);
  });
}

const NOTHING: Analysis = { sheets: [], keys: [] };
