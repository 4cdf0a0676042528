import { existsSync } from 'node:fs';
import { type Command, numberOf, textOf, type Values, type World } from '../../command.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readInput } from '../../input.ts';
import { type DescribedPin, describeChain, describePins } from '../../pins/described.ts';
import { parseHost, servedChain } from '../../pins/host.ts';
import { fault } from '../../reasons.ts';
import { plain, type Speech } from '../../speech.ts';

const HELP = `
Prints pins: base64 SHA-256 of a SubjectPublicKeyInfo (RFC 7469 2.4). A FILE is PEM or DER: a certificate chain, a
certificate request, or a public key; a private key is refused and never shown. A HOST (HOST:PORT, default 443) is asked
over TLS with its name as SNI.

No trust decision is made: what a host sends is shown as it came, also when it is forged. Compare it with what you know.

  --connect ADDRESS:PORT   connect there instead; the host's name still goes into the handshake
  --timeout SECONDS        for each host (default 10)
  --json                   one JSON document, schema assay.pins.get/1

Exit codes: 0 shown, 2 usage, or not in its form, 3 file or host not reached, 5 a private key, or no kind that has pins.

Examples:
  assay pins get api.example.com
  assay pins get chain.pem backup.csr --json
`;

export const pinsGetCommand: Command = {
  name: 'pins get',
  operands: 'HOST|FILE… [options]',
  summary: 'Prints the pins of a host, a chain, a request or a public key.',
  help: HELP,
  options: { connect: { type: 'string' }, timeout: { type: 'string' } },
  run,
};

interface Found {
  readonly source: 'host' | 'file';
  readonly name: string;
  readonly pins: readonly DescribedPin[];
}

async function run(world: World, operands: readonly string[], values: Values): Promise<ExitCode> {
  if (operands.length === 0) throw fault('cli.usage', { expected: 'HOST or FILE' });
  const sources: Found[] = [];
  for (const name of operands) sources.push(isFile(name) ? fromFile(name) : await fromHost(world, name, values));
  for (const found of sources) show(world.speech, found);
  world.speech.result({ schema: 'assay.pins.get/1', trusted: false, sources });
  return EXIT.ok;
}

/** A name with a slash or a usual ending is a file also when it is missing: no host is asked by a slip. */
function isFile(name: string): boolean {
  return /[\\/]/.test(name) || /\.(?:pem|der|crt|cer|csr|p8|key|pub)$/i.test(name) || existsSync(name);
}

function fromFile(name: string): Found {
  return { source: 'file', name, pins: describePins(readInput(name)) };
}

async function fromHost({ speech, signal }: World, name: string, values: Values): Promise<Found> {
  const target = parseHost(name);
  const to = textOf(values, 'connect');
  const timeoutMs = (numberOf(values, 'timeout', 1, 600) ?? 10) * 1000;
  speech.talk(`${target.host}:${target.port} is asked for its chain; whether to trust it is not decided here`);
  const connectTo = to === undefined ? undefined : parseHost(to);
  const chain = await servedChain({ ...target, connectTo }, { trust: 'none', timeoutMs, signal });
  return { source: 'host', name: `${target.host}:${target.port}`, pins: describeChain(chain) };
}

function show(speech: Speech, { source, name, pins }: Found): void {
  speech.out(`${speech.paint('bold', plain(name))}  ${source === 'host' ? 'as served, not verified' : 'not verified'}`);
  for (const { pin, role, subject, expires } of pins) {
    const about = [expires === null ? undefined : `until ${expires.slice(0, 10)}`, subject];
    speech.out(`  ${pin}  ${role.padEnd(12)}  ${about.filter((part) => part != null).join('  ')}`.trimEnd());
  }
}
