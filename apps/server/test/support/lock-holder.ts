/** A process of its own that takes the lock of a folder, says so, and stays until it is killed. */
import { lockFolder } from '../../src/lock.ts';

lockFolder(process.argv[2] ?? '');
globalThis.gc?.();
process.stdout.write('locked\n');
setInterval(() => {}, 1_000);
