import { isIP } from 'node:net';
import { numberOf, textOf, textsOf, type Values } from '../../command.ts';
import { fault } from '../../reasons.ts';
import { type RunOptions, readRunOptions } from '../options.ts';
import { bracketed } from './addresses.ts';

interface Address {
  readonly address: string;
  readonly port: number;
}

export interface PhoneOptions
  extends Pick<
    RunOptions,
    'profile' | 'can' | 'cannot' | 'hosts' | 'only' | 'except' | 'casesFile' | 'limitMs' | 'listen' | 'acceptsKnown'
  > {
  readonly untrusted: boolean;
  readonly settleMs: number;
  readonly setupPort: number;
  /** Where hosts are reached, instead of where the name service says. */
  readonly connect: ReadonlyMap<string, Address>;
}

const PORT = 8877;
const LIMIT_S = 300;

/** @throws RequestError `cli.usage`; ConfigError `cli.listen_refused` */
export function readPhoneOptions(values: Values): PhoneOptions {
  const hosts = textsOf(values, 'host');
  if (hosts.length === 0) {
    throw fault('cli.usage', {
      message: 'no host is named, and nothing is forged for others',
      expected: '--host NAME, of the server that the app calls',
    });
  }
  if (values['untrusted'] === true && hosts.length > 1) {
    throw fault('cli.usage', {
      message: '--untrusted tests one host at a time',
      expected: 'one --host; others are passed through',
    });
  }
  const usual = { limit: `${LIMIT_S}`, ...values, listen: listenText(textOf(values, 'listen') ?? '127.0.0.1') };
  // As for a client that is started, but for the command: nothing is started here.
  const { watchMs, ...options } = readRunOptions({ ...usual, exec: 'a person' });
  const { port } = options.listen;
  return {
    ...options,
    hosts: options.hosts.map((host) => host.toLowerCase().replace(/\.$/, '')),
    profile: options.profile,
    untrusted: values['untrusted'] === true,
    settleMs: (numberOf(values, 'settle', 0, 60) ?? watchMs / 1000) * 1000,
    setupPort: numberOf(values, 'setup-port', 0, 65_535) ?? (port === 0 ? 0 : port + 1),
    connect: new Map(textsOf(values, 'connect').map(connectOf)),
  };
}

/** A phone is told of the port by hand: the same one each time, unless another is named. */
const listenText = (text: string): string => (isIP(text) === 0 ? text : `${bracketed(text)}:${PORT}`);

/** HOST=ADDRESS:PORT */
function connectOf(text: string): readonly [string, Address] {
  const [, host = '', address = '', digits] = /^([^=]{1,253})=\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (isIP(address) !== 0 && port >= 1 && port <= 65_535) return [host.toLowerCase(), { address, port }];
  throw fault('cli.usage', { message: '--connect names no place', expected: 'HOST=ADDRESS:PORT' });
}
