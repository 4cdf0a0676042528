import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_PROFILE } from '@assay/mitm';
import { profileOf } from '../../src/mitm/profiles.ts';

const given = { profile: undefined, command: 'x', can: [], cannot: [] };

describe('the profile of a run', () => {
  it('is what is assumed of any client, unless told', () => {
    assert.deepEqual(profileOf(given), { ...DEFAULT_PROFILE, command: 'x' });
  });

  it('gains and loses capabilities by the options; a loss goes before', () => {
    const { can } = profileOf({ ...given, can: ['webview', 'http2', 'clock'], cannot: ['redirects', 'clock'] });
    assert.deepEqual(can, ['lab-ca', 'lab-key', 'lab-pins', 'many-hosts', 'http2', 'webview']);
  });
});
