import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBase64url } from '@assay/formats';
import { parseArtifact, toArtifact } from '../../../src/compat/app-check/artifact.ts';
import { withCode } from '../../support/world.ts';

const JKT = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA';

describe('an artifact', () => {
  it('is a version and the name of the key, 33 bytes', () => {
    const artifact = toArtifact(JKT);
    assert.deepEqual([artifact.length, artifact[0]], [33, 1]);
    assert.deepEqual(Buffer.from(artifact.subarray(1)), Buffer.from(parseBase64url(JKT)));
    assert.equal(parseArtifact(artifact), JKT);
  });

  it('is none with another version or another length', () => {
    const good = toArtifact(JKT);
    const another = Uint8Array.from(good);
    another[0] = 2;
    for (const bytes of [new Uint8Array(), good.subarray(0, 32), Uint8Array.of(...good, 0), another]) {
      assert.throws(() => parseArtifact(bytes), withCode('service.artifact_unknown'));
    }
  });
});
