// The one entry of every npm script: makes sure that what a task needs is installed, then runs it on the pinned Node.
// Everything under tools/bootstrap/ stays plain JavaScript for Node 20: it runs before there is anything else.
import { main } from './bootstrap/main.mjs';

process.exitCode = await main(process.argv.slice(2));
