import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASES } from '../../src/battery/index.ts';
import { cipherName, cipherNumber } from '../../src/wire/cipher-names.ts';
import { CIPHER_NAMES } from '../../src/wire/index.ts';
import { SUITES } from '../../src/wire/suites.ts';

test('names and numbers are one to one', () => {
  assert.deepEqual(
    CIPHER_NAMES.map((name) => cipherName(cipherNumber(name))),
    CIPHER_NAMES,
  );
  assert.equal(cipherName(0xfafa), '0xfafa');
  assert.throws(() => cipherNumber('ECDHE-RSA-AES128-GCM-SHA256'), { code: 'mitm.cipher_unknown' });
});

test('every suite that is served has the name of its number', () => {
  for (const { id, name } of SUITES) assert.equal(cipherName(id), name);
});

test('every cipher that a case names can be said', () => {
  for (const { recipe } of CASES) {
    if (recipe.tls?.cipher !== undefined) assert.ok(CIPHER_NAMES.includes(recipe.tls.cipher), recipe.tls.cipher);
  }
});
