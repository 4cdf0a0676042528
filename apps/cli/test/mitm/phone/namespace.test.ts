import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { createLab } from '@assay/mitm';
import { unpacked } from '../../../../../tools/browser/browser.ts';
import { type Browser, chromium } from '../../../../../tools/mitm/clients/chromium/browser.ts';
import { AUTHORITY_FILE, writeLabFolder } from '../../../src/mitm/lab-folder.ts';
import { createFolder } from '../../support/assay.ts';
import { createNamespace, noNamespace } from '../../support/namespace.ts';
import { startWalk, type Walk } from '../../support/walk.ts';

const HOST = 'api.assay.test';
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic', '--no-first-run'];
const VISIT_MS = 20_000;
const noCertutil =
  spawnSync('certutil', ['--help']).error === undefined ? undefined : 'certutil (libnss3-tools) is not installed';

/** Trust as a user of Linux gives it to Chromium; its home is the browser's alone. */
function trust(home: string, ...authorities: readonly string[]): void {
  const database = `sql:${join(home, '.pki/nssdb')}`;
  mkdirSync(join(home, '.pki/nssdb'), { recursive: true });
  execFileSync('certutil', ['-d', database, '-N', '--empty-password']);
  for (const [index, file] of authorities.entries()) {
    execFileSync('certutil', ['-d', database, '-A', '-t', 'C,,', '-n', `lab ${index}`, '-i', file]);
  }
}

describe('a phone in another network', { skip: noNamespace() }, () => {
  const folder = createFolder();
  const phone = createNamespace();
  const closing: (() => unknown)[] = [];
  after(async () => {
    for (const close of closing.toReversed()) await close();
  });

  /** Opens an address as a person does, on a page of its own, by the way that the configuration file names for it. */
  async function browserWith(
    args: readonly string[],
    home: string,
    pac: string,
  ): Promise<(url: string) => Promise<string>> {
    const engine = await chromium();
    const executablePath = phone.wrapped(folder, await unpacked());
    const env = { ...process.env, HOME: home };
    const server = await engine.launchServer({ executablePath, args: [...ARGS, ...args], headless: true, env });
    closing.push(() => server.close());
    const browser: Browser = await engine.connect(server.wsEndpoint());
    // The browser of the tests has no resolver for such files, so that they are asked here.
    const script = await (await fetch(pac)).text();
    return async (url) => {
      const asked = `${script}; FindProxyForURL(${JSON.stringify(url)}, ${JSON.stringify(new URL(url).hostname)})`;
      const way = String(runInNewContext(asked));
      const context = await browser.newContext(
        way === 'DIRECT' ? {} : { proxy: { server: way.replace('PROXY ', 'http://') } },
      );
      try {
        const answer = await (await context.newPage()).goto(url, { timeout: VISIT_MS });
        return `${answer?.status()}`;
      } catch (error) {
        return /net::\w+/.exec(String(error))?.[0] ?? String(error);
      } finally {
        await context.close();
      }
    };
  }

  const reachable = () => [
    '--listen',
    `${phone.here}:0`,
    '--reachable-from-network',
    '--settle',
    '1',
    '--limit',
    '60',
    '--host',
    HOST,
  ];

  it('comes by the PAC file, and a browser that pins nothing is caught', { skip: noCertutil }, async () => {
    const lab = createLab({ clock: Date.now, hosts: [HOST] });
    writeLabFolder(join(folder, 'lab'), lab.export());
    const home = createFolder();
    trust(home, join(folder, 'lab', AUTHORITY_FILE));
    const asked: string[] = [];
    const plain = createPlain(({ url }, response) => {
      asked.push(url ?? '');
      response.end('beside');
    });
    await listening(plain, phone.here, closing);
    const { port } = plain.address() as AddressInfo;
    let visit: ((url: string) => Promise<string>) | undefined;
    const walk: Walk = await startWalk(
      folder,
      [...reachable(), '--lab', 'lab', '--only', 'N1,N3.b,N4,N7'],
      async (_, { setup }) => {
        visit ??= await browserWith([], home, `${setup}assay.pac`);
        assert.equal(await visit(`http://${phone.here}:${port}/direct`), '200');
        await visit(`https://${HOST}/`);
      },
    );
    const { code, report, strangers, stderr } = await walk.ended();
    const standings = Object.fromEntries(
      report.results.flatMap(({ case: { id }, standing }) => (standing === 'not-applicable' ? [] : [[id, standing]])),
    );
    assert.deepEqual(standings, { P1: 'right', N1: 'right', 'N3.b': 'right', N4: 'wrong', N7: 'right' }, stderr);
    assert.deepEqual([code, report.controls], [1, 'passed']);
    assert.ok(asked.filter((url) => url === '/direct').length >= 6, 'hosts that nobody named are asked directly');
    assert.equal(strangers, 0, 'and not by the proxy');
  });

  it('is tested as it is shipped, with its own server as the control', async () => {
    const { server, pin } = await realServer(phone.here, closing);
    const { port } = server.address() as AddressInfo;
    const home = createFolder();
    const connect = ['--connect', `${HOST}=${phone.here}:${port}`];
    let visit: ((url: string) => Promise<string>) | undefined;
    const said: string[] = [];
    const walk = await startWalk(
      folder,
      [...reachable(), '--untrusted', '--only', 'N1,N3.b', ...connect],
      async (_, { setup }) => {
        visit ??= await browserWith([`--ignore-certificate-errors-spki-list=${pin}`], home, `${setup}assay.pac`);
        said.push(await visit(`https://${HOST}/`));
      },
    );
    const { code, report } = await walk.ended();
    assert.deepEqual([code, report.controls], [0, 'passed'], said.join(' '));
    assert.equal(report.summary.right, 3);
  });
});

/** A server that this browser knows by its key, as it knows the real one by the web's authorities. */
async function realServer(address: string, closing: (() => unknown)[]) {
  const lab = createLab({ clock: Date.now, hosts: [HOST] });
  const { chain, key } = await lab.forge({}, { host: HOST, at: Date.now() });
  const cert = chain.map(
    (der) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`,
  );
  const server = createServer(
    { cert: cert.join(''), key: key.export({ type: 'pkcs8', format: 'pem' }) },
    (_, response) => response.end('real'),
  );
  await listening(server, address, closing);
  const [pinned] = await lab.pins(['pinned']);
  return { server, pin: pinned?.pin ?? '' };
}

async function listening(server: Server, address: string, closing: (() => unknown)[]): Promise<void> {
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
}
