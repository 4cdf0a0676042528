import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CAPTCHA_PROVIDERS, WEB_CHECKS } from '../../src/index.ts';
import { describeRows, readPage } from '../support/documentation.ts';

const PAGE = readPage('web.md');

describeRows(PAGE, WEB_CHECKS, 'web');

it('the page has a row for each provider', () => {
  for (const [name, { title, carriesBinding, note }] of Object.entries(CAPTCHA_PROVIDERS)) {
    assert.ok(PAGE.text.includes(`| \`${name}\` | ${title} | ${carriesBinding ? 'yes' : 'no'} | ${note} |`), name);
  }
});
