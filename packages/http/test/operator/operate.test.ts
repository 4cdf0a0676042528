import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN, API, APP, BASE, createHttpWorld, JSON_TYPE, prepareEnrolment, registerApp } from '../support/world.ts';

const world = await createHttpWorld();
await registerApp(world);
const { operate, publicApp, service } = world;

describe('documents', () => {
  it('are read back with their versions', async () => {
    const [app] = (await operate('GET', `${ADMIN}/apps`)).json();
    assert.deepEqual([app.id, app.version, app.document.label], [APP.package, 1, 'Bank']);
    const [api] = (await operate('GET', `${ADMIN}/apis`)).json();
    assert.equal(api.id, API);
  });

  it('change from the version that they were read at, and no other', async () => {
    const url = `${ADMIN}/apis/${encodeURIComponent('https://two.example')}`;
    const document = { audience: 'https://two.example', label: 'Two' };
    assert.deepEqual((await operate('PUT', `${url}?version=0`, document)).json(), { version: 1 });
    const stale = await operate('PUT', `${url}?version=0`, document);
    assert.equal(stale.statusCode, 400);
    assert.match(stale.json().detail, /service\.conflict/);
  });

  it('bear the id of their path', async () => {
    const response = await operate('PUT', `${ADMIN}/apis/other`, { audience: API, label: 'API' });
    assert.match(response.json().detail, /http\.id_mismatch/);
  });

  it('that are not valid are the caller’s fault, and say where', async () => {
    const response = await operate('PUT', `${ADMIN}/apps/x`, { id: 'x' });
    assert.equal(response.statusCode, 400);
    assert.match(response.json().detail, /\/label/);
  });

  it('of an issuer that is not here do not exist', async () => {
    const response = await operate('GET', '/admin/v1/t/acme/e/prod/apps');
    assert.match(response.json().detail, /http\.issuer_unknown/);
  });
});

describe('secrets', () => {
  it('go in and never come out', async () => {
    const value = Buffer.from('a very secret value').toString('base64');
    const set = await operate('PUT', `${ADMIN}/apps/${APP.package}/secrets/maps`, { value });
    assert.deepEqual(set.json(), { name: 'maps', version: 1 });
    const listed = await operate('GET', `${ADMIN}/apps/${APP.package}/secrets`);
    const audit = await operate('GET', `${ADMIN}/audit`);
    for (const text of [listed.body, audit.body, JSON.stringify(world.lines)]) {
      assert.ok(!text.includes(value) && !text.includes('very secret'));
    }
  });

  it('that could never be delivered are the caller’s fault', async () => {
    const value = Buffer.alloc(5_000).toString('base64');
    for (const [name, payload] of [
      ['large', { value }],
      ['no%20name', { value: 'AAAA' }],
      ['bad', { value: '***' }],
    ] as const) {
      const response = await operate('PUT', `${ADMIN}/apps/${APP.package}/secrets/${name}`, payload);
      assert.equal(response.statusCode, 400, response.body);
      assert.ok(!response.body.includes(value));
    }
  });
});

describe('records', () => {
  it('give a support code its trace', async () => {
    const { body } = await prepareEnrolment(world);
    const send = (payload: string) =>
      publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload });
    const reply = JSON.parse(Buffer.from((await send(body)).body.split('.')[1] ?? '', 'base64url').toString());
    const found = (await operate('GET', `${ADMIN}/support/${reply.support}`)).json();
    assert.equal(found.appraisal.support, reply.support);
    assert.ok(found.appraisal.verdict.trace.length > 0);
    const { support } = (await send('{}')).json();
    await service.rejections.flush();
    assert.equal((await operate('GET', `${ADMIN}/support/${support}`)).json().rejection.support, support);
    assert.match((await operate('GET', `${ADMIN}/support/AAAAA-AAAAA-A`)).json().detail, /support/);
  });

  it('come in pages', async () => {
    const [first] = (await operate('GET', `${ADMIN}/appraisals?limit=1`)).json();
    assert.deepEqual((await operate('GET', `${ADMIN}/appraisals?limit=1&before=${first.id}`)).json(), []);
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'extra=1']) {
      assert.equal((await operate('GET', `${ADMIN}/appraisals?${query}`)).statusCode, 400);
    }
  });

  it('of acts are a chain that holds', async () => {
    const { rows, brokenAt } = (await operate('GET', `${ADMIN}/audit/verification`)).json();
    assert.ok(rows > 3 && brokenAt === undefined);
  });

  it('hold no evidence that nobody asked to keep', async () => {
    const [first] = (await operate('GET', `${ADMIN}/appraisals`)).json();
    assert.match(
      (await operate('GET', `${ADMIN}/appraisals/${first.id}/evidence`)).json().detail,
      /http\.evidence_unknown/,
    );
    const { version, document } = (await operate('GET', `${ADMIN}/apps`)).json()[0];
    await operate('PUT', `${ADMIN}/apps/${APP.package}?version=${version}`, { ...document, retainEvidenceDays: 1 });
    world.hands.now += 1; // ids of one millisecond sort by chance
    const { body } = await prepareEnrolment(world);
    await publicApp.inject({ method: 'POST', url: `${BASE}/v1/attest`, headers: JSON_TYPE, payload: body });
    const [kept] = (await operate('GET', `${ADMIN}/appraisals`)).json();
    const evidence = (await operate('GET', `${ADMIN}/appraisals/${kept.id}/evidence`)).json();
    assert.equal(evidence.request, JSON.parse(body).request);
    const acts = (await operate('GET', `${ADMIN}/audit`)).json().map(({ act }: { act: string }) => act);
    assert.ok(acts.includes('evidence.read'));
  });
});

describe('keys and instances', () => {
  it('are taken out by name', async () => {
    const [key] = (await operate('GET', `${ADMIN}/keys`)).json();
    assert.ok(!('d' in key.publicJwk));
    assert.equal((await operate('POST', `${ADMIN}/keys/${key.kid}/revocation`)).statusCode, 200);
    const again = await operate('POST', `${ADMIN}/keys/${key.kid}/revocation`);
    assert.equal(again.statusCode, 400);
    const [appraisal] = (await operate('GET', `${ADMIN}/appraisals`)).json();
    assert.equal((await operate('POST', `${ADMIN}/instances/${appraisal.jkt}/revocation`)).json().status, 'revoked');
    assert.equal((await operate('POST', `${ADMIN}/instances/${'A'.repeat(43)}/revocation`)).statusCode, 400);
  });
});

describe('credentials', () => {
  it('are made once, shown once, and audited without their token', async () => {
    const made = await operate('POST', '/admin/v1/credentials', { id: 'ci', scopes: ['pins'] });
    const { token } = made.json();
    assert.equal(made.headers['cache-control'], 'no-store');
    assert.equal((await operate('POST', '/admin/v1/credentials', { id: 'ci', scopes: ['pins'] })).statusCode, 400);
    const listed = await operate('GET', '/admin/v1/credentials');
    const audit = await operate('GET', `${ADMIN}/audit?limit=500`);
    for (const { body } of [listed, audit]) assert.ok(!body.includes(token) && !body.includes('digest'));
    assert.match(audit.body, /credential\.create/);
  });
});
