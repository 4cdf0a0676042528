import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSpeech } from '../../src/speech.ts';
import { suggest } from '../../src/up/terminal.ts';

const DEMO = {
  apiOrigin: 'http://127.0.0.1:1',
  operatorUrl: 'http://127.0.0.1:2',
  trustFiles: { testRoots: '/data/roots.pem', statusList: '/data/status.json' },
};

function suggested(support: string): string {
  let said = '';
  const stdout = { write: (text: string) => (said += text) };
  const speech = createSpeech({ stdout, stderr: stdout }, { json: false, color: false });
  suggest(speech, DEMO, '/data', [{ who: 'phone', passed: false, got: [], reasons: [], support }]);
  return said;
}

describe('the commands that assay up suggests', () => {
  for (const sign of ['*', '~', '$', '=']) {
    it(`keep a support code that ends in ${sign} from the shell`, () => {
      assert.ok(suggested(`7KQ2M-9XR4T-${sign}`).includes(` device show '7KQ2M-9XR4T-${sign}' --server`));
    });
  }
});
