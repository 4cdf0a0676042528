// A client that refuses in the open and leaks behind: it leaves a retrier that validates nothing, prints more than anybody
// wants, with sequences that steer terminals, and asks for hosts that nobody named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tunnel } from './connect.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const isControl = process.env.ASSAY_CASE === 'P1';
if (isControl) await import('./pinned.mjs');
else {
  const retrier = spawn(process.execPath, [here('./retrier.mjs')], { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(retrier.stdout, 'data');
  const other = await tunnel(new URL('https://somebody.else.example/')).catch((error) => error);
  process.stdout.write(
    `${'x'.repeat(10 << 20)}\u001B[2J\u001B]0;title\u0007\u202Elast words ${other.message ?? 'TUNNELLED'}\n`,
    () => process.exit(3),
  );
}
