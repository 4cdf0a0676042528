import type { Config, Server } from '@assay/server';
import { z } from 'zod';
import { type Command, operandsOf, textOf, type Values, type World } from '../command.ts';
import { readDocument } from '../documents.ts';
import { codeOf } from '../errno.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fault } from '../reasons.ts';
import { bannerOf, warningsOf } from '../serve/banner.ts';
import { FLAGS, membersOfFlags } from '../serve/flags.ts';

const WIDTH = 34;

const HELP = `
Runs the server until SIGINT or SIGTERM, which let requests under way finish; SIGHUP reads the TLS files again. Settings come
from a flag, else the environment, else FILE, else the default: docs/configuration.md. The first start makes a
key-encryption key and an operator credential in the data folder, and says where.

${'  --config FILE'.padEnd(WIDTH)}settings as JSON
${FLAGS.map(({ flag, value, about }) => `${`  --${flag} ${value}`.padEnd(WIDTH)}${about}`).join('\n')}
${'  --json'.padEnd(WIDTH)}one JSON document once it listens, schema assay.serve/1

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
  options: {
    config: { type: 'string' },
    ...Object.fromEntries(
      FLAGS.map(({ flag, each }) => [flag, { type: 'string' as const, multiple: each !== undefined }]),
    ),
  },
  run,
};

const ConfigFile = z.record(z.string(), z.unknown());

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  operandsOf(operands, []);
  const { createServer, loadConfig } = await import('@assay/server');
  const file = textOf(values, 'config');
  const settings = file === undefined ? {} : readDocument(file, ConfigFile);
  const config = loadConfig(membersOfFlags(values), world.env, settings);
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

const ADDRESS_FAULTS: ReadonlySet<string> = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN']);
const FILE_FAULTS: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
]);

/** Faults of the operating system in the words of whoever can repair them. */
async function withPlainFaults<T>({ data }: Config, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    const isListening = error instanceof Error && 'syscall' in error && error.syscall === 'listen';
    if (ADDRESS_FAULTS.has(code) || isListening) {
      throw fault('cli.port_unavailable', { found: error instanceof Error ? error.message : code }, error);
    }
    if (!FILE_FAULTS.has(code)) throw error;
    const path = error instanceof Error && 'path' in error ? String(error.path) : data;
    throw fault('cli.data_unusable', { found: `${code} at ${path}` }, error);
  }
}
