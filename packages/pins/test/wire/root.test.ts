import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestError } from '@assay/core';
import { decodeUtf8, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { parseRoot, toRootPayload } from '../../src/wire/root.ts';
import { createKey, pinsKey, renamed, replyKey, roleOf, root, rootKey, withCode } from './documents.ts';

const good = JSON.parse(decodeUtf8(toRootPayload(root)));
const parse = (change: object) => parseRoot(utf8(JSON.stringify({ ...good, ...change })));
const withRoles = (change: object) => ({ roles: { ...good.roles, ...change } });
const [x, y] = [pinsKey.jwk.x, pinsKey.jwk.y];

const rows: readonly [string, object][] = [
  ['another kind', { _: 'assay-root/2' }],
  ['an unknown member', { extra: 1 }],
  ['a missing member', { app: undefined }],
  ['an app with a slash', { app: 'com/example' }],
  ['an environment in capitals', { env: 'PROD' }],
  ['version zero', { v: 0 }],
  ['a fraction', { epoch: 1.5 }],
  ['milliseconds for seconds', { exp: good.exp * 1000 }],
  ['an end before its beginning', { exp: good.iat }],
  ['a private key', { keys: { ...good.keys, 'pins-1': { ...pinsKey.jwk, d: 'AA' } } }],
  ['a key on another curve', { keys: { ...good.keys, 'pins-1': { ...pinsKey.jwk, crv: 'P-384' } } }],
  ['a short coordinate', { keys: { ...good.keys, 'pins-1': { ...pinsKey.jwk, x: x.slice(1) } } }],
  [
    'a coordinate that is not canonical',
    { keys: { ...good.keys, 'pins-1': { ...pinsKey.jwk, y: `${y.slice(0, -1)}B` } } },
  ],
  ['a role without keys', withRoles({ pins: { kids: [], m: 1 } })],
  ['a role with an unlisted key', withRoles({ pins: { kids: ['pins-9'], m: 1 } })],
  ['an inherited name as key', withRoles({ pins: { kids: ['constructor'], m: 1 } })],
  ['one key id twice', withRoles({ pins: { kids: ['pins-1', 'pins-1'], m: 1 } })],
  ['threshold zero', withRoles({ pins: { kids: ['pins-1'], m: 0 } })],
  ['a threshold above the number of keys', withRoles({ pins: { kids: ['pins-1'], m: 2 } })],
  ['a role besides', withRoles({ head: { kids: ['reply-1'], m: 1 } })],
  ['a role missing', withRoles({ reply: undefined })],
  ['the reply key as a pins key', withRoles({ pins: { kids: ['reply-1'], m: 1 } })],
  ['the root key as a pins key', withRoles({ pins: { kids: ['root-1'], m: 1 } })],
  [
    'two keys for one reply',
    {
      keys: { ...good.keys, 'reply-2': createKey('reply-2').jwk },
      ...withRoles({ reply: { kids: ['reply-1', 'reply-2'], m: 2 } }),
    },
  ],
];

describe('root document', () => {
  it('takes two reply keys of which one signs', () => {
    const keys = { ...good.keys, 'reply-2': createKey('reply-2').jwk };
    const roles = withRoles({ reply: { kids: ['reply-1', 'reply-2'], m: 1 } });
    assert.equal(parse({ keys, ...roles }).roles.reply.keys.size, 2);
  });

  it('reads what it writes', () => assert.deepEqual(parseRoot(toRootPayload(root)), root));

  for (const [name, change] of rows)
    it(`refuses ${name}`, () => assert.throws(() => parse(change), withCode('pins.document_malformed')));

  it('refuses one key under two names for a threshold of two', () => {
    const pins = roleOf(2, pinsKey, renamed(pinsKey, 'pins-1b'));
    assert.throws(
      () => parseRoot(toRootPayload({ ...root, roles: { ...root.roles, pins } })),
      withCode('pins.document_malformed'),
    );
  });

  it('refuses one key under two names in two roles', () => {
    const roles = { ...root.roles, pins: roleOf(1, pinsKey, renamed(replyKey, 'other')) };
    assert.throws(() => parseRoot(toRootPayload({ ...root, roles })), withCode('pins.document_malformed'));
    assert.equal(
      parseRoot(toRootPayload({ ...root, roles: { ...roles, pins: roleOf(1, pinsKey) } })).roles.root.keys.has(
        rootKey.signer.kid,
      ),
      true,
    );
  });

  it('gives a document or a coded error for any JSON', () => {
    const member = fc.constantFrom(...Object.keys(good));
    const changed = fc.tuple(member, fc.jsonValue()).map(([name, value]) => JSON.stringify({ ...good, [name]: value }));
    fc.assert(
      fc.property(fc.oneof(fc.json(), changed), (text) => {
        try {
          parseRoot(utf8(text));
        } catch (error) {
          assert.ok(error instanceof RequestError);
        }
      }),
      { seed: 9, numRuns: 500 },
    );
  });
});
