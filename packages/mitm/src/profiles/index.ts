import { type Profile, parseProfile } from '../profile.ts';
import chromiumPlain from './chromium-plain.json' with { type: 'json' };
import { curlCommand } from './curl.ts';
import curlInsecure from './curl-insecure.json' with { type: 'json' };
import curlPinned from './curl-pinned.json' with { type: 'json' };
import curlPlain from './curl-plain.json' with { type: 'json' };
import curlStaples from './curl-staples.json' with { type: 'json' };
import goPinned from './go-pinned.json' with { type: 'json' };
import javaPinned from './java-pinned.json' with { type: 'json' };
import nodeCareful from './node-careful.json' with { type: 'json' };
import nodeCareless from './node-careless.json' with { type: 'json' };
import nodeUsual from './node-usual.json' with { type: 'json' };
import okhttpPinned from './okhttp-pinned.json' with { type: 'json' };
import pythonFingerprint from './python-fingerprint.json' with { type: 'json' };
import pythonPlain from './python-plain.json' with { type: 'json' };
import undiciPinned from './undici-pinned.json' with { type: 'json' };

/** Clients that were recorded (docs/mitm-clients.md). Those of a program of one's own have no command: `--exec` names it. */
const KNOWN: readonly { readonly name: string; readonly command?: string }[] = [
  { ...curlPinned, command: curlCommand('--pins --proto =https --tlsv1.2 --location') },
  { ...curlStaples, command: curlCommand('--pins --cert-status --proto =https --tlsv1.2 --location') },
  { ...curlPlain, command: curlCommand('--location') },
  { ...curlInsecure, command: curlCommand('--insecure --location') },
  nodeCareful,
  nodeUsual,
  nodeCareless,
  undiciPinned,
  pythonFingerprint,
  pythonPlain,
  javaPinned,
  okhttpPinned,
  goPinned,
  chromiumPlain,
];

/** Names of the profiles that need no file. */
export const PROFILE_NAMES: readonly string[] = KNOWN.map(({ name }) => name);

/** A profile by its name, or nothing. */
export function builtInProfile(name: string): Profile | undefined {
  const found = KNOWN.find((each) => each.name === name);
  return found === undefined ? undefined : parseProfile(found);
}
