import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import type { PinSetRecipe } from '../../src/case.ts';
import { createLab } from '../../src/forge/index.ts';
import { openPinService, pinServiceRecipe } from '../../src/pin-service/server.ts';

const HOST = 'api.assay.test';
const lab = createLab({ clock: Date.now, hosts: [HOST] });

async function serviceFor(recipe: PinSetRecipe, answer: { status: number; body: string }, onServed?: () => void) {
  const forged = await lab.forge(pinServiceRecipe(recipe), { host: HOST, at: Date.now() });
  const offer = { ...answer, intercepted: recipe.intercepted ?? false };
  return openPinService({ offer, forged, address: '127.0.0.1', ...(onServed && { onServed }) });
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  /** Of the key that was shown. */
  readonly pin: string;
}

/** Asks as a client that trusts the lab's authority. */
function ask(url: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = get(url, { ca: lab.authority.pem, agent: false }, (response) => {
    const { raw } = (response.socket as TLSSocket).getPeerCertificate(); // https gives no other socket
    const spki = new X509Certificate(raw).publicKey.export({ type: 'spki', format: 'der' });
    const pin = createHash('sha256').update(spki).digest('base64');
    text(response).then((body) => resolve({ status: response.statusCode, body, pin }), reject);
  });
  sent.on('error', reject);
  return promise;
}

const pinOf = async (key: 'pinned' | 'other') => (await lab.pins([key]))[0]?.pin;

test('the offer is served with the pinned key, and its going out is told', async () => {
  let served = 0;
  const service = await serviceFor({ pins: ['backup'] }, { status: 200, body: 'a set' }, () => {
    served += 1;
  });
  try {
    const { status, body, pin } = await ask(service.url);
    assert.deepEqual({ status, body, pin }, { status: 200, body: 'a set', pin: await pinOf('pinned') });
    assert.equal(served, 1);
  } finally {
    await service.close();
  }
});

test('an interceptor of the service shows a key that is not pinned', async () => {
  const service = await serviceFor({ pins: ['other'], intercepted: true }, { status: 200, body: 'a forgery' });
  try {
    assert.equal((await ask(service.url)).pin, await pinOf('other'));
  } finally {
    await service.close();
  }
});

test('a client that leaves an interceptor without asking has met it; one that leaves the service itself has not', async () => {
  for (const [intercepted, met] of [
    [true, true],
    [false, false],
  ] as const) {
    let served = false;
    const service = await serviceFor({ pins: ['other'], intercepted }, { status: 200, body: 'a set' }, () => {
      served = true;
    });
    await assert.rejects(new Promise((_, reject) => get(service.url, { agent: false }).on('error', reject)));
    await service.close();
    assert.equal(served, met);
  }
});

test('a service that is unavailable says so, and one that is closed says nothing', async () => {
  const service = await serviceFor({ pins: [], fault: 'unavailable' }, { status: 503, body: '' });
  assert.equal((await ask(service.url)).status, 503);
  await service.close();
  await assert.rejects(ask(service.url), { code: 'ECONNREFUSED' });
});
