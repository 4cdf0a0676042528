import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exampleProject } from '../../../src/lint/example.ts';
import { lint } from '../../../src/lint/lint.ts';
import { RULES } from '../../../src/lint/rules/index.ts';
import { KEY_1 } from '../../../src/lint/rules/support/examples.ts';

const idsOf = (pin: string) => {
  const text = `import okhttp3.CertificatePinner\nval p = CertificatePinner.Builder().add("example.com", "${pin}", "sha256/" + key).build()\n`;
  const found = lint(exampleProject([{ path: 'app/src/main/java/Net.kt', text }]), { rules: RULES }).findings;
  return found.map(({ rule }) => rule).filter((id) => id.startsWith('P'));
};

describe('an entry with a pin that the file does not tell', () => {
  it('is judged by its other pins, and not as a list', () => {
    assert.deepEqual(idsOf(`sha256/${KEY_1}`), []);
    assert.deepEqual(idsOf('sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='), ['P005']);
  });
});
