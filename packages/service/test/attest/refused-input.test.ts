import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noteRefusedInput } from '@assay/service';
import { parseSupportCode } from '@assay/tokens';
import { APP, createTestWorld, ISSUER } from '../support/world.ts';

describe('refused input', () => {
  it('is counted under registered apps and one name for all others', async () => {
    const { service, store } = await createTestWorld();
    const note = (app: string | undefined) =>
      noteRefusedInput(service, ISSUER, { code: 'json.syntax', app }, { address: '192.0.2.7' });
    const codes = [await note(APP.package), await note(undefined), await note('made-up-1'), await note('made-up-2')];
    await service.rejections.flush();
    const counts = await store.rejectionCounts(ISSUER.iss, 0);
    assert.deepEqual(counts.map(({ app, count }) => [app, count]).toSorted(), [
      ['(unknown)', 3],
      [APP.package, 1],
    ]);
    for (const code of codes) {
      assert.equal(parseSupportCode(code), code);
      const sample = await store.rejectionBySupport(ISSUER.iss, code);
      assert.ok(sample !== undefined && !JSON.stringify(sample).includes('192.0.2.7'));
    }
  });
});
