import { createPrivateKey, type KeyObject } from 'node:crypto';
import { textOf, type Values } from '../command.ts';
import { codeOf } from '../errno.ts';
import { readText } from '../input.ts';
import { askPassphrase, passphraseOf } from '../pins/passphrase.ts';
import { fault } from '../reasons.ts';
import { plain } from '../speech.ts';

const MAX_BYTES = 65_536;

/**
 * The private key of `--leaf-key`, which never leaves the process. An encrypted one is opened with `--passphrase-file`, or
 * the passphrase is asked for at the terminal.
 *
 * @throws ConfigError `cli.leaf_key_unusable`; UpstreamError `cli.file_unreadable`
 */
export async function leafKeyOf(values: Values): Promise<KeyObject | undefined> {
  const path = textOf(values, 'leaf-key');
  if (path === undefined) return undefined;
  const pem = readText(path, MAX_BYTES);
  const given = passphraseOf(values);
  const opened = open(pem, given);
  if (opened.key !== undefined) return opened.key;
  const typed = opened.needsPassphrase && given === undefined ? await askPassphrase(plain(path)) : undefined;
  const key = typed === undefined ? undefined : open(pem, typed).key;
  if (key !== undefined) return key;
  // No cause: a decoder's message may tell about the key.
  throw fault('cli.leaf_key_unusable', {
    message: `${plain(path)} holds no private key that can be opened`,
    expected: expectedOf(opened.needsPassphrase, (given ?? typed) !== undefined),
  });
}

function expectedOf(needsPassphrase: boolean, wasGiven: boolean): string {
  if (!needsPassphrase) return 'PEM: PKCS #8 or SEC 1';
  return wasGiven ? 'another passphrase: the one given does not open it' : 'its passphrase: it is encrypted';
}

interface Opened {
  readonly key?: KeyObject;
  readonly needsPassphrase: boolean;
}

function open(pem: string, passphrase: string | undefined): Opened {
  try {
    const key = createPrivateKey({ key: pem, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
    return { key, needsPassphrase: false };
  } catch (error) {
    return { needsPassphrase: pem.includes('ENCRYPTED') || codeOf(error) === 'ERR_MISSING_PASSPHRASE' };
  }
}
