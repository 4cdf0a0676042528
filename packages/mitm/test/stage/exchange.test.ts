import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutValues } from '../../src/stage/exchange.ts';

const ROWS: readonly (readonly [target: string, kept: string])[] = [
  ['/assay-0123456789abcdef/N4', '/assay-0123456789abcdef/N4'],
  ['/a?token=secret&page=2', '/a?token=…&page=…'],
  ['/a?token=secret?more=secret#secret=x', '/a?token=…#secret=…'],
  ['/a?flag', '/a?flag'],
  ['/a?', '/a?'],
  ['http://user:secret@api.assay.test/a?b=c', 'http://api.assay.test/a?b=…'],
  ['HTTP://secret@api.assay.test', 'HTTP://api.assay.test'],
  ['api.assay.test:443', 'api.assay.test:443'],
  ['*', '*'],
  ['', ''],
];

for (const [target, kept] of ROWS) test(`what is kept of ${target}`, () => assert.equal(withoutValues(target), kept));
