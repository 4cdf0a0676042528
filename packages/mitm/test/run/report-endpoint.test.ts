import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, describe, it } from 'node:test';
import { openReportEndpoint } from '@assay/mitm';

describe('the report endpoint', async () => {
  const endpoint = await openReportEndpoint({ clock: () => 7 });
  after(() => endpoint.close());
  const post = (id: string, body: string) => fetch(endpoint.urlFor(id), { method: 'POST', body });

  it('keeps reports apart by case', async () => {
    const answer = await post('N11.b', '{"assay":1,"host":"api.test"}');
    await post('N4', 'hello');
    assert.equal(answer.status, 204);
    assert.deepEqual(endpoint.reportsOf('N11.b'), [{ at: 7, form: 'assay', host: 'api.test' }]);
    assert.deepEqual(endpoint.reportsOf('N4'), [{ at: 7, form: 'unknown' }]);
    assert.deepEqual(endpoint.reportsOf('P1'), []);
  });

  it('takes no more than it should, and nothing but reports', async () => {
    assert.equal((await post('N5', 'x'.repeat(300_000))).status, 413);
    assert.equal((await fetch(endpoint.urlFor('N5'))).status, 405);
    assert.deepEqual(endpoint.reportsOf('N5'), []);
    for (let count = 0; count < 105; count += 1) await post('N6', '{}');
    assert.equal(endpoint.reportsOf('N6').length, 100);
  });

  it('outlives what is no HTTP, and clients that leave in the middle', async () => {
    const port = Number(new URL(endpoint.urlFor('x')).port);
    for (const said of ['\u0016\u0003\u0001', 'POST /reports/N7 HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{']) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(said);
      socket.destroy();
    }
    assert.equal((await post('%E0%A4%A', '{}')).status, 204);
    assert.equal((await fetch(endpoint.urlFor('x').replace(/x$/, '%E0%A4%A'), { method: 'POST' })).status, 204);
  });
});
