// A client that was built from `assay pins write --lab --target node`: its one argument is that target's folder.
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder = ''] = process.argv.slice(2);
const { createPinnedAgent } = await import(pathToFileURL(join(folder, 'assay-pins.mjs')).href);
const agent = createPinnedAgent({
  authorities: { assay_lab: readFileSync(join(folder, 'assay_lab.pem'), 'utf8') },
  lookup: (_host, options, done) =>
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
});
get(process.env.ASSAY_URL, { agent }, (response) => response.resume().on('end', () => agent.destroy())).on(
  'error',
  (error) => {
    console.error(error.code);
    process.exitCode = 1;
  },
);
