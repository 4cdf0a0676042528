import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { createLab, type Lab } from '@assay/mitm';
import { writeLabFolder } from '../../../src/mitm/lab-folder.ts';
import { createFolder, inProcess } from '../../support/assay.ts';
import { startWalk } from '../../support/walk.ts';
import { type Called, callOnce } from './clients/phone.ts';

const HOST = 'api.assay.test';
const ANYWHERE = ['--listen', '127.0.0.1:0', '--settle', '1'];

/** A server that is nobody's forgery, of an authority that the harness does not have. */
async function realServer(host: string): Promise<{ server: Server; leaf: string; ca: string; port: number }> {
  const lab = createLab({ clock: Date.now, hosts: [host] });
  const { chain, key } = await lab.forge({}, { host, at: Date.now() });
  const cert = chain.map(
    (der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
  );
  const server = createServer(
    { cert: cert.join(''), key: key.export({ type: 'pkcs8', format: 'pem' }) },
    (_, response) => response.end('real'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const leaf = hash('sha256', chain[0] ?? '', 'hex');
  return { server, leaf, ca: lab.authority.pem, port: (server.address() as AddressInfo).port };
}

describe('assay mitm proxy', { concurrency: 3 }, () => {
  const folder = createFolder();
  const lab: Lab = createLab({ clock: Date.now, hosts: [HOST] });
  const ca = lab.authority.pem;
  let pins: readonly string[] = [];
  let real: Awaited<ReturnType<typeof realServer>>;
  before(async () => {
    pins = (await lab.pins(['pinned', 'backup'])).map(({ pin }) => pin);
    writeLabFolder(join(folder, 'lab'), lab.export());
    real = await realServer('other.assay.test');
  });
  after(() => real.server.close());

  it('walks a careful app through the list, by its calls alone', async () => {
    const args = ['--host', HOST, '--lab', 'lab', '--only', 'P2,N1,N4,N7,N63', '--report', 'careful.html', ...ANYWHERE];
    const walk = await startWalk(folder, args, async (_, { proxy }) => {
      await callOnce({ proxy, host: HOST, ca, pins });
    });
    const { code, report, stderr } = await walk.ended();
    assert.deepEqual(
      report.results
        .filter(({ standing }) => !['right', 'not-applicable'].includes(standing))
        .map(({ because }) => because),
      [],
    );
    assert.deepEqual([code, report.controls, report.way], [0, 'passed', 'proxy'], stderr);
    assert.equal(report.results.filter(({ standing }) => standing === 'right').length, 8);
    assert.match(report.client.command ?? '', /judged for the case whose server it was shown/);
    assert.match(readFileSync(join(folder, 'careful.html'), 'utf8'), /^<!doctype html>/i);
    assert.match(stderr, /^ {2}✔ N4 +REFUSED-/m);
  });

  it('answers for every named host, and tests an app as shipped one host at a time', async () => {
    const hosts = ['--host', HOST, '--host', 'cdn.example.com'];
    const said: string[] = [];
    const walk = await startWalk(
      folder,
      [...hosts, '--lab', 'lab', '--only', 'N4', ...ANYWHERE],
      async (id, { proxy }) => {
        said.push(`${id} ${(await callOnce({ proxy, host: 'cdn.example.com', ca, pins })).said}`);
        await callOnce({ proxy, host: HOST, ca, pins });
      },
    );
    const { code } = await walk.ended();
    assert.deepEqual([code, said], [0, ['P1 HTTP/1.1 200', 'N4 not pinned', 'P1 HTTP/1.1 200']]);
    assert.equal((await inProcess(['mitm', 'proxy', ...hosts, '--untrusted'])).code, 2);
  });

  it('catches one that pins nothing, also where it is shown the case again', async () => {
    let times = 0;
    const walk = await startWalk(
      folder,
      ['--host', HOST, '--lab', 'lab', '--only', 'N4,N3', ...ANYWHERE],
      async (id, { proxy, say }) => {
        await callOnce({ proxy, host: HOST, ca });
        times += Number(id === 'N4');
        if (id === 'N4' && times === 1) say('repeat');
      },
    );
    const { code, report } = await walk.ended();
    const wrong = report.results.filter(({ standing }) => standing === 'wrong').map(({ case: { id } }) => id);
    assert.deepEqual([code, wrong, report.controls], [1, ['N4'], 'passed']);
    const again = report.results.find(({ case: { id } }) => id === 'N4')?.reproduce;
    assert.match(again ?? '', /^assay mitm proxy --host api\.assay\.test .*--only N4$/);
  });

  it('does as it is told on stdin: next, skip, junk, quit', async () => {
    const endless = 'x'.repeat(70_000);
    const walk = await startWalk(
      folder,
      ['--host', HOST, '--lab', 'lab', '--only', 'N1,N4,N7', ...ANYWHERE],
      async (id, { proxy, say }) => {
        if (id === 'P1') await callOnce({ proxy, host: HOST, ca, pins });
        if (id === 'N1') for (const word of ['', 'what', '\u001B[31mred\u0000', endless, '{"n":1}', 'NEXT']) say(word);
        if (id === 'N4') say('s');
        if (id === 'N7') say('q');
      },
    );
    const { code, report, stderr } = await walk.ended();
    const open = report.results
      .filter(({ standing }) => standing === 'inconclusive')
      .map(({ case: { id }, outcome }) => `${id} ${outcome}`);
    assert.deepEqual(open, ['N1 NOT-REACHED', 'N4 NOT-REACHED', 'N7 NOT-REACHED']);
    assert.deepEqual([code, report.controls], [4, 'passed'], 'the last control is asked for all the same');
    assert.equal(stderr.match(/not understood/g)?.length, 4);
    assert.ok(!stderr.includes('\u001B[31m') && !stderr.includes('x'.repeat(100)));
  });

  it('passes other hosts through untouched, and forges nothing for them', async () => {
    const other = `other.assay.test=127.0.0.1:${real.port}`;
    const args = ['--host', HOST, '--lab', 'lab', '--only', 'N1', '--connect', other, ...ANYWHERE];
    const seen: Called[] = [];
    const walk = await startWalk(folder, args, async (_, { proxy }) => {
      seen.push(await callOnce({ proxy, host: 'other.assay.test', ca: real.ca }));
      seen.push(await callOnce({ proxy, host: '127.0.0.1', ca }, real.port));
      await callOnce({ proxy, host: HOST, ca, pins });
    });
    const { code, report, strangers } = await walk.ended();
    assert.deepEqual([code, report.results.flatMap(({ observation }) => observation.connections).length], [0, 2]);
    assert.ok(strangers >= 1);
    const [first, second] = seen;
    assert.deepEqual(first, { said: 'HTTP/1.1 200', leaf: real.leaf });
    assert.match(second?.said ?? '', /disconnected|403/, 'services of this machine are for nobody on the network');
  });

  it('shows its page also to a phone that asks the proxy for everything', async () => {
    let page = '';
    const walk = await startWalk(
      folder,
      ['--host', HOST, '--lab', 'lab', '--only', 'N4', ...ANYWHERE],
      async (_, { proxy, setup, say }) => {
        page ||= await new Promise((resolve, reject) => {
          const sent = request({
            host: '127.0.0.1',
            port: proxy,
            path: `${setup}authority.pem`,
            headers: { host: new URL(setup).host },
          });
          sent
            .on('response', (response) => resolve(text(response)))
            .on('error', reject)
            .end();
        });
        say('quit');
      },
    );
    const { code } = await walk.ended();
    assert.deepEqual([code, page], [4, ca]);
  });

  it('ends at an interrupt, with what was seen and nothing left open', async () => {
    const args = ['--host', HOST, '--lab', 'lab', '--only', 'N1,N4', ...ANYWHERE];
    const walk = await startWalk(folder, args, async (id, { proxy, interrupt }) => {
      await callOnce({ proxy, host: HOST, ca });
      if (id === 'N4') interrupt();
    });
    const { code, report } = await walk.ended();
    const found = report.results.find(({ case: { id } }) => id === 'N4');
    assert.deepEqual(
      [code, found?.standing, report.controls],
      [1, 'wrong', 'not-run'],
      'a leak is one, however a walk ends',
    );
    assert.match((await callOnce({ proxy: walk.proxy, host: HOST, ca })).said, /ECONNREFUSED/);
    await assert.rejects(fetch(walk.setup));
  });

  it('says that nothing is proven where no phone ever comes', async () => {
    const walk = await startWalk(
      folder,
      ['--host', HOST, '--lab', 'lab', '--only', 'N4', '--limit', '1', ...ANYWHERE],
      () => {},
    );
    walk.hangUp();
    const { code, report } = await walk.ended();
    assert.deepEqual([code, report.controls, report.summary.right], [4, 'failed-before', 0]);
  });

  it('tests an app as it is shipped against its own server', async () => {
    const lonely = await realServer(HOST);
    const own = `${HOST}=127.0.0.1:${lonely.port}`;
    const args = ['--host', HOST, '--untrusted', '--connect', own, '--except', 'N63.a', ...ANYWHERE];
    const careful = await startWalk(folder, args, async (_, { proxy }) => {
      await callOnce({ proxy, host: HOST, ca: lonely.ca });
    });
    const { code, report } = await careful.ended();
    lonely.server.close();
    assert.deepEqual([code, report.controls, report.client.profile], [0, 'passed', 'phone-untrusted']);
    const [control] = report.results;
    assert.match(control?.case.title ?? '', /itself, passed through untouched/);
    assert.deepEqual(control?.observation.connections[0]?.requests, [
      { protocol: 'unknown', headers: [], marked: true },
    ]);
    const ids = report.results.filter(({ standing }) => standing === 'right').map(({ case: { id } }) => id);
    assert.deepEqual(
      ids,
      ['P1', 'N1', 'N3.b', 'N46', 'N63.b', 'P1'].filter((id, at, all) => all.indexOf(id) === at),
    );
  });

  it('is open for nobody else unless that is said', async () => {
    const run = async (...args: readonly string[]) => (await inProcess(['mitm', 'proxy', ...args])).code;
    assert.equal(await run(), 2);
    assert.equal(await run('--host', HOST, '--listen', '0.0.0.0'), 5);
    assert.equal(await run('--host', HOST, '--connect', 'nonsense'), 2);
    assert.equal(await run('--host', HOST, '--only', 'N999'), 2);
    assert.equal(await run('--host', HOST, '--cases', '/nowhere.json'), 3);
    assert.equal(await run('--host', HOST, '--cannot', 'fly'), 2);
  });
});
