import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPolicy } from '@assay/pin-configs';
import type { FoundKey } from '../../src/analysis/model.ts';
import { hasBackup, hostIn, policyText, usualChoice } from '../../src/analysis/policy-text.ts';

const key = (letter: string, role: FoundKey['role'], dnsNames: readonly string[] = []): FoundKey => ({
  ...{ sheet: 'x', pin: `${letter}xgTzf8jbhOv/fBbpoi4vDIFRwe0UfoKzBWZG1BlgvI=`, role, key: 'ec P-256' },
  certificate: { digest: '', issuer: '', notBefore: 0, notAfter: 0, dnsNames },
});
const leaf = key('A', 'leaf', ['*.example.com', 'API.example.com']);
const [intermediate, request] = [key('B', 'intermediate'), key('C', 'request')];

describe('the policy of a paste', () => {
  it('pins the key in use and the backup, and is read back', () => {
    const keys = [leaf, intermediate, request, request];
    const chosen = usualChoice(keys);
    const policy = readPolicy('assay.pins.yaml', policyText('api.example.com', keys, chosen));
    assert.deepEqual(
      policy.hosts.map(({ host, pins }) => [host, ...pins.map(({ spki, role }) => `${role} ${spki}`)]),
      [['api.example.com', `leaf ${leaf.pin}`, `backup ${request.pin}`]],
    );
    assert.equal(hasBackup(keys, chosen), true);
  });

  it('takes the authority above where there is no leaf, and says that a backup is missing', () => {
    assert.deepEqual(usualChoice([intermediate]), [intermediate.pin]);
    assert.equal(hasBackup([intermediate, request], [intermediate.pin]), false);
    assert.throws(() => readPolicy('assay.pins.yaml', policyText('a.example.com', [leaf], [leaf.pin])), {
      code: 'pin_configs.policy_refused',
    });
  });

  it('is for the first name of the leaf that is no wildcard', () => {
    assert.equal(hostIn([intermediate, leaf]), 'api.example.com');
    assert.equal(hostIn([intermediate]), undefined);
  });
});
