import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSpeech, type Speech } from '../../src/speech.ts';
import type { Scene } from '../../src/up/play.ts';
import { suggest } from '../../src/up/suggestions.ts';
import { showScene } from '../../src/up/terminal.ts';

const DEMO = {
  apiOrigin: 'http://127.0.0.1:1',
  operatorUrl: 'http://127.0.0.1:2',
  trustFiles: { testRoots: '/data/roots.pem', statusList: '/data/status.json' },
};

const SCENE: Scene = { who: 'phone', app: 'com.example.shop', passed: false, got: [], reasons: [] };

/** What is said to somebody without colours. */
function said(act: (speech: Speech) => void): string {
  let text = '';
  const stdout = { write: (more: string) => (text += more) };
  act(createSpeech({ stdout, stderr: stdout }, { json: false, color: false }));
  return text;
}

function suggested(support: string): string {
  return said((speech) => suggest(speech, DEMO, '/data', [{ ...SCENE, support }]));
}

describe('the commands that assay up suggests', () => {
  for (const sign of ['*', '~', '$', '=']) {
    it(`keep a support code that ends in ${sign} from the shell`, () => {
      assert.ok(suggested(`7KQ2M-9XR4T-${sign}`).includes(` device show '7KQ2M-9XR4T-${sign}' --server`));
    });
  }
});

describe('a line of the show', () => {
  const line = (scene: Partial<Scene>, round?: 'later') =>
    said((speech) => showScene(speech, { ...SCENE, ...scene }, 0, round));

  it('says what a device got, how much it is worth, and why no more', () => {
    const got = line({ passed: true, got: ['GET / 200'], assurance: 'low', limit: 'Nothing proves its key.' });
    assert.match(got, /✔ passed {3}phone {28}low {9}GET \/ 200\n {68}Nothing proves its key\.\n$/);
  });

  it('tells who is let in although the policy refuses him', () => {
    const got = line({ passed: true, expected: 'policy.a', reasons: ['policy.a', 'policy.b'], admitted: 'monitor' });
    assert.match(got, /◇ let in {3}phone .*policy\.a \+1 +although: monitor {2}← not as it must be\n$/);
  });

  it('marks what has changed since the first round', () => {
    assert.match(line({ reasons: ['service.banned'] }, 'later'), /✖ refused .*service\.banned {2}← not as before\n$/);
  });
});
