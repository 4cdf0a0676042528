import { type DataValue, dictOf, itemsOf, stringOf } from '../data/value.ts';
import { parseJson } from '../json/read.ts';
import type { PinnedHost, Spelled } from '../pinned-host.ts';
import { PolicyRefused } from './faults.ts';
import { formFaults } from './form.ts';
import type { PinPolicy, PolicyHost, PolicyPin } from './model.ts';
import { type PolicyContext, ruleFaults } from './rules.ts';
import { POLICY_SHAPE } from './shape.ts';
import { parseYaml } from './yaml.ts';

/**
 * `assay.pins.yaml`, or the same in JSON, told by the file's ending. What would lock an app out is refused like a fault of
 * form; `context` adds what the file cannot know.
 *
 * @throws UnreadableFile; {@link PolicyRefused} with every fault, its place, what was expected and what was found
 */
export function readPolicy(file: string, text: string, context: PolicyContext = {}): PinPolicy {
  const tree = parse(file, text);
  const [first, ...others] = faultsOf(tree, context);
  if (first !== undefined) throw new PolicyRefused([first, ...others]);
  const defaults = dictOf(tree, 'defaults');
  return {
    version: 1,
    hosts: itemsOf(tree, 'hosts').map((host) => hostOf(host, defaults)),
    debugAuthorities: textsOf(dictOf(tree, 'debug'), 'authorities'),
  };
}

const parse = (file: string, text: string): DataValue =>
  file.endsWith('.json') ? parseJson(file, text) : parseYaml(file, text);

/** Rules are asked only of a document whose form is right. */
function faultsOf(tree: DataValue, context: PolicyContext) {
  const faults = formFaults(tree, POLICY_SHAPE);
  return faults.length > 0 ? faults : ruleFaults(tree, context);
}

const textsOf = (value: DataValue | undefined, key: string): readonly string[] =>
  spelledIn(value, key).map(({ text }) => text);

const spelledIn = (value: DataValue | undefined, key: string): readonly Spelled[] =>
  itemsOf(value, key).flatMap((item) => (item.kind === 'string' ? [{ text: item.value, place: item.place }] : []));

/** A choice that the form has checked; the first of `values` where none is made. */
function choiceOf<const Values extends readonly [string, ...string[]]>(
  source: DataValue | undefined,
  key: string,
  values: Values,
): Values[number] {
  const text = stringOf(source, key)?.text;
  return values.find((value) => value === text) ?? values[0];
}

function hostOf(host: DataValue, defaults: DataValue | undefined): PolicyHost {
  const from = (key: string): DataValue | undefined => (hasKey(host, key) ? host : defaults);
  const expires = stringOf(from('expires'), 'expires')?.text;
  return {
    host: stringOf(host, 'host')?.text ?? '',
    subdomains: choiceOf(host, 'subdomains', ['none', 'one', 'all']),
    covers: textsOf(host, 'covers'),
    pins: pinsOf(host),
    mode: choiceOf(from('mode'), 'mode', ['enforce', 'report']),
    ...(expires === undefined ? {} : { expires }),
    reportTo: textsOf(from('reportTo'), 'reportTo'),
    trust: trustOf(from('trust')),
    certificateTransparency: choiceOf(from('certificateTransparency'), 'certificateTransparency', [
      'platform-default',
      'required',
    ]),
  };
}

const hasKey = (value: DataValue, key: string): boolean =>
  value.kind === 'dict' && value.entries.some((entry) => entry.key.text === key);

/** Which store and which authorities is one statement: a host takes both from the same entry. */
function trustOf(source: DataValue | undefined): PolicyHost['trust'] {
  const store = choiceOf(source, 'trust', ['system', 'private']);
  return store === 'system' ? { store } : { store, certificates: textsOf(source, 'authorities') };
}

function pinsOf(host: DataValue): readonly PolicyPin[] {
  const pins = itemsOf(host, 'pins');
  const served = pins.map((pin) => roleOf(pin)).filter((role) => role !== 'backup');
  const usual = served.includes('leaf') ? 'leaf' : 'ca';
  return pins.map((pin) => pinOf(pin, usual));
}

const roleOf = (pin: DataValue): PolicyPin['role'] => choiceOf(pin, 'role', ['leaf', 'intermediate', 'root', 'backup']);

function pinOf(pin: DataValue, usual: PolicyPin['position']): PolicyPin {
  const role = roleOf(pin);
  const note = stringOf(pin, 'note')?.text;
  const own = choiceOf(pin, 'position', [usual, 'leaf', 'ca']);
  const position = { leaf: 'leaf', intermediate: 'ca', root: 'ca', backup: own } as const;
  return {
    spki: stringOf(pin, 'spki')?.text ?? '',
    role,
    position: position[role],
    certificates: textsOf(pin, 'certificates'),
    ...(note === undefined ? {} : { note }),
  };
}

/** The hosts of a policy in the common form, with the places of the file that it was read from. */
export function policyPinnedHosts(file: string, text: string, policy: PinPolicy): readonly PinnedHost[] {
  const tree = parse(file, text);
  const defaults = dictOf(tree, 'defaults');
  return itemsOf(tree, 'hosts').flatMap((entry, index) => {
    const host = policy.hosts[index];
    return host === undefined ? [] : [pinnedHostOf(entry, defaults, host)];
  });
}

function pinnedHostOf(entry: DataValue, defaults: DataValue | undefined, host: PolicyHost): PinnedHost {
  const expiration = stringOf(entry, 'expires') ?? stringOf(defaults, 'expires');
  return {
    format: 'assay',
    host: stringOf(entry, 'host') ?? { text: host.host, place: entry.place },
    subdomains: host.subdomains,
    apex: true,
    pins: itemsOf(entry, 'pins').flatMap((pin) => stringOf(pin, 'spki') ?? []),
    position: 'any',
    ...(expiration === undefined ? {} : { expiration }),
    enforced: host.mode === 'enforce',
    release: true,
    place: entry.place,
  };
}
