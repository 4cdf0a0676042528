import assert from 'node:assert/strict';
import { it } from 'node:test';
import { userSees } from '../../src/mitm/rows.ts';

const exit = { status: 1, milliseconds: 1 };

it('shows how long output begins and how it ends', () => {
  const trace = `Traceback: ${'in a frame '.repeat(100)}SSLError: the pin is another`;
  const shown = userSees({ ...exit, stdout: 'not this', stderr: trace });
  assert.match(shown, /^exit 1: Traceback: in a frame .+ … .+SSLError: the pin is another$/);
  assert.ok(shown.length < 220, shown);
});

it('shows short output whole, and says where there is none', () => {
  assert.equal(userSees({ ...exit, stdout: 'refused', stderr: '' }), 'exit 1: refused');
  assert.equal(userSees({ status: 'SIGKILL', milliseconds: 1, stdout: '', stderr: '' }), 'exit SIGKILL, not a word');
});
