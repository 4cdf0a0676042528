// Asks again once whoever started it has ended. Ready before that: however busy the machine, what is left is one request.
import 'node:tls';
import './connect.mjs';
import { once } from 'node:events';

process.stdin.resume();
process.stdout.write('ready\n');
await once(process.stdin, 'end');
await import('./careless.mjs');
