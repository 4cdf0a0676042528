import type { Config, Server } from '@assay/server';
import { type Command, operandsOf, type Values, type World } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { bannerOf, warningsOf } from '../serve/banner.ts';
import { withPlainFaults } from '../serve/faults.ts';
import { FLAGS } from '../serve/flags.ts';
import { helpLine, helpOf, loadSettings, optionsOf } from '../serve/settings.ts';

const HELP = `
Runs the server until SIGINT or SIGTERM, which let requests under way finish; SIGHUP reads the TLS files again. Settings come
from a flag, else the environment, else FILE, else the default: docs/configuration.md. The first start makes a
key-encryption key and an operator credential in the data folder, and says where.

${helpOf(FLAGS)}
${helpLine('--json', 'one JSON document once it listens, schema assay.serve/1')}

Exit codes: 0 stopped as asked, 2 usage, 3 a file or the database not reached, 5 settings, keys or addresses not usable.

Examples:
  assay serve --origin https://attest.example.com
  assay serve --config assay.json --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem
`;

export const serveCommand: Command = {
  name: 'serve',
  operands: '[options]',
  summary: 'Runs the server.',
  help: HELP,
  options: optionsOf(FLAGS),
  run,
};

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const config = await loadSettings(world, values);
  const { createServer } = await import('@assay/server');
  const { speech, now } = world;
  const talk = (line: string) => speech.talk(`assay: ${line}`);
  const server = await withPlainFaults(config, () => createServer(config, { clock: now, talk }));
  try {
    await serve(world, server, config, talk);
  } finally {
    await server.stop();
  }
  talk('stopped');
  return EXIT.ok;
}

async function serve(world: World, server: Server, config: Config, talk: (line: string) => void): Promise<void> {
  const { publicUrl, operatorUrl } = await withPlainFaults(config, () => server.listen());
  world.onHangup(() => reload(server, talk));
  for (const line of bannerOf(config, { publicUrl, operatorUrl })) talk(line);
  for (const iss of server.service.issuers.keys()) talk(`issuer          ${iss}`);
  for (const line of warningsOf(config)) talk(line);
  if (server.trust.isTest)
    talk('TEST ROOTS: anybody with the test keys passes. Never let a real API believe these tokens.');
  world.speech.result({ schema: 'assay.serve/1', publicUrl, operatorUrl, testRoots: server.trust.isTest });
  await aborted(world.signal);
  talk('stopping');
}

/** A renewed pair that does not fit leaves the old one in force. */
function reload(server: Server, talk: (line: string) => void): void {
  try {
    server.reload();
    talk('TLS files are read again');
  } catch (error) {
    talk(`TLS files are not taken: ${error instanceof Error ? error.message : 'unknown fault'}`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
