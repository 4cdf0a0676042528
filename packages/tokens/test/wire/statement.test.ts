import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AssayError } from '@assay/core';
import { toBase64url, utf8 } from '@assay/formats';
import fc from 'fast-check';
import { ROLE_NAMES, roleRow } from '../../src/wire/roles.ts';
import { parseStatement } from '../../src/wire/statement.ts';
import { random, statementFor, toBytes, withCode } from '../kit.ts';

const refuses = (value: unknown, code = 'tokens.statement_malformed') =>
  assert.throws(() => parseStatement(toBytes(value)), withCode(code));

const usual = statementFor();
const b64u = (length: number) => toBase64url(random(length));
const signal = { p: 'a', pv: '1', n: 'x', v: true };

describe('parseStatement', () => {
  it('reads every member and keeps the exact bytes', () => {
    const bytes = utf8(` ${JSON.stringify(usual)} `);
    const parsed = parseStatement(bytes);
    assert.equal(parsed.bytes, bytes);
    assert.deepEqual(parsed.statement, usual);
  });

  it('takes a refresh without evidence, and wishes for nothing', () => {
    const { statement } = parseStatement(toBytes(statementFor({ purpose: 'refresh', change: { want: { aud: [] } } })));
    assert.deepEqual(statement.ev, []);
  });

  const wrong: Readonly<Record<string, unknown>> = {
    'unknown member': { extra: 1 },
    'unknown wish': { want: { aud: [], more: 1 } },
    'unknown claim': { claims: { ...usual.claims, imei: '1' } },
    'unknown purpose': { purpose: 'attest' },
    'app of 156 bytes': { app: 'a'.repeat(156) },
    'app with a space': { app: 'a b' },
    'empty audience': { aud: '' },
    'rid of 15 bytes': { rid: b64u(15) },
    'rid with unused bits': { rid: `${'A'.repeat(21)}B` },
    'enc of 64 bytes': { enc: b64u(64) },
    'five audiences': { want: { aud: ['a', 'b', 'c', 'd', 'e'] } },
    'one audience twice': { want: { aud: ['a', 'a'] } },
    '33 secrets': { want: { aud: [], secrets: Array.from({ length: 33 }, (_, at) => `s${at}`) } },
    'secret name of 65 bytes': { want: { aud: [], secrets: ['s'.repeat(65)] } },
    '65 signals': { claims: { ...usual.claims, signals: Array.from({ length: 65 }, () => signal) } },
    'signal of 129 bytes': { claims: { ...usual.claims, signals: [{ ...signal, n: 'x'.repeat(127) }] } },
    'free text in a claim': { claims: { ...usual.claims, os: '17 beta\n' } },
    'pin set with a negative version': { want: { aud: [], pins: { epoch: 0, v: -1 } } },
    'unknown role': { ev: ['android-key', 'safetynet'] },
    'one role twice': { ev: ['android-key', 'android-key'] },
    'four roles': { ev: ['android-key', 'play-standard', 'play-classic', 'hms'] },
    'enrolment without evidence': { ev: [] },
    'akid without evidence of Apple’s': { akid: b64u(32) },
    'evidence of Apple’s without akid': { ev: ['apple-attest'] },
    'old outside a rekey': { old: b64u(32) },
    'version as text': { v: '1' },
    'challenge too long': { challenge: 'A'.repeat(53) },
  };
  for (const [name, change] of Object.entries(wrong)) {
    it(`refuses ${name}`, () => refuses({ ...usual, ...(change as object) }));
  }

  for (const name of Object.keys(usual).filter((each) => each !== 'v')) {
    it(`refuses a statement without ${name}`, () => refuses({ ...usual, [name]: undefined }));
  }

  it('refuses a rekey that names no old key', () => refuses({ ...statementFor({ purpose: 'rekey' }), old: undefined }));

  it('tells another version from nonsense', () =>
    refuses({ ...usual, v: 2, new: 'member' }, 'tokens.version_unsupported'));

  it('admits exactly the roles of each purpose', () => {
    for (const purpose of ['enrol', 'refresh', 'rekey', 'step_up'] as const) {
      for (const role of ROLE_NAMES) {
        const akid = roleRow(role).anchor === 'app_attest_key' ? { akid: b64u(32) } : {};
        const value = statementFor({ purpose, change: { ev: [role], ...akid } });
        if (roleRow(role).purposes.includes(purpose)) parseStatement(toBytes(value));
        else refuses(value);
      }
    }
  });

  it('never takes an assertion for an enrolment, nor an attestation for a refresh', () => {
    assert.ok(!(roleRow('apple-assert').purposes as readonly string[]).includes('enrol'));
    assert.ok(!(roleRow('apple-attest').purposes as readonly string[]).includes('refresh'));
    assert.ok(!(roleRow('android-key').purposes as readonly string[]).includes('step_up'));
  });

  it('refuses duplicate names, huge numbers, depth and size before use', () => {
    const text = JSON.stringify(usual);
    const throwsOn = (json: string, code = 'tokens.statement_malformed') =>
      assert.throws(() => parseStatement(utf8(json)), withCode(code));
    throwsOn(text.replace('{"v":1', '{"v":1,"v":1'));
    throwsOn(text.replace('"epoch":2', '"epoch":1e400'));
    throwsOn(text.replace('"epoch":2', '"epoch":9007199254740993'));
    throwsOn(`${'['.repeat(6)}${']'.repeat(6)}`);
    throwsOn(`${text}{}`);
    throwsOn(`\ufeff${text}`);
    throwsOn(text + ' '.repeat(8193 - utf8(text).length), 'tokens.request_too_large');
    assert.ok(parseStatement(utf8(text + ' '.repeat(8192 - utf8(text).length))));
  });

  it('names the places, never the values', () => {
    const hostile = 'x'.repeat(40);
    assert.throws(
      () => parseStatement(toBytes({ ...usual, [hostile]: 1, rid: hostile })),
      (error: AssayError) => !JSON.stringify([error.message, error.detail]).includes(hostile),
    );
  });

  it('answers any bytes with a statement or a coded error', () => {
    const text = JSON.stringify(usual);
    const broken = fc.tuple(fc.nat(text.length), fc.nat(text.length), fc.string()).map(([at, cut, put]) => {
      return utf8Lossy(text.slice(0, at) + put + text.slice(at + (cut % 8)));
    });
    const bytes = fc.oneof(broken, fc.uint8Array({ maxLength: 64 }), fc.json().map(utf8Lossy));
    fc.assert(
      fc.property(bytes, (input) => onlyCoded(() => parseStatement(input))),
      { seed: 11, numRuns: 3000 },
    );
  });
});

const utf8Lossy = (text: string): Uint8Array => new TextEncoder().encode(text);

function onlyCoded(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
  }
}
