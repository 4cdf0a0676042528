import type { XmlElement } from '@assay/formats';
import type { Spelled } from '../pinned-host.ts';
import type { Placer } from '../place.ts';
import { placesIn, spelledAttribute } from '../xml/place.ts';
import type { NscConfig, NscDomainConfig, NscProblem, NscScope } from './nsc.ts';
import {
  addProblem,
  booleanAttribute,
  checkForm,
  childrenNamed,
  type NscReader,
  onlyChild,
  present,
} from './nsc-reader.ts';
import { readAnchors, readDomain, readPinSet, readTrustKit } from './read-parts.ts';

/** AOSP `NetworkSecurityConfig.Builder.setDomainEncryptionMode`; any other word stands for the default. */
const ENCRYPTION_MODES: ReadonlySet<string> = new Set(['disabled', 'opportunistic', 'enabled', 'required']);

/**
 * Reads a Network Security Configuration as the platform does (AOSP `XmlConfigSource`), from text, binary or proto XML. What
 * the platform answers with an exception, and what it passes over, is a problem with its place; reading goes on after both.
 */
export function readNsc(file: string, root: XmlElement, placer?: Placer): NscConfig {
  const reader: NscReader = { placeOf: placesIn(file, placer), problems: [], domains: new Map() };
  if (root.name !== 'network-security-config') {
    const message = `the root is ${root.name}, not network-security-config`;
    addProblem(reader, 'crash', 'root_element', message, reader.placeOf(root.at));
    return { domains: [], problems: reader.problems };
  }
  checkForm(root, 'network-security-config', reader);
  const base = onlyChild(root, 'base-config', 'two_base_configs', reader);
  const debug = onlyChild(root, 'debug-overrides', 'two_debug_overrides', reader);
  const config = present<Omit<NscConfig, 'problems'>>({
    base: base && { ...readScope(base, 'base-config', reader), kind: 'base' },
    domains: childrenNamed(root, 'domain-config').map((element) => readDomainConfig(element, reader)),
    debug: debug && readDebug(debug, reader),
  });
  return { ...config, problems: reader.problems.toSorted(byPlace) };
}

const byPlace = ({ place: a }: NscProblem, { place: b }: NscProblem): number => a.line - b.line || a.column - b.column;

type ScopeMembers = Omit<NscScope, 'kind'>;

function readDebug(element: XmlElement, reader: NscReader): NscScope {
  const scope = readScope(element, 'debug-overrides', { ...reader, build: 'debug' });
  const { cleartextTrafficPermitted: cleartext } = scope;
  if (cleartext !== undefined) {
    const message = 'debug-overrides adds trust anchors and nothing else: cleartextTrafficPermitted has no effect here';
    addProblem({ ...reader, build: 'debug' }, 'ignored', 'no_effect', message, cleartext.place);
  }
  return { ...scope, kind: 'debug' };
}

function readDomainConfig(element: XmlElement, reader: NscReader): NscDomainConfig {
  const domains = childrenNamed(element, 'domain').map((domain) => readDomain(domain, reader));
  const scope = readScope(element, 'domain-config', reader);
  if (domains.length === 0) addProblem(reader, 'crash', 'no_domain', 'domain-config names no domain', scope.place);
  const pinSet = onlyChild(element, 'pin-set', 'two_pin_sets', reader);
  const [trustKit] = childrenNamed(element, 'trustkit-config');
  return {
    ...scope,
    ...present<Pick<NscScope, 'pinSet' | 'trustKit'>>({
      pinSet: pinSet && readPinSet(pinSet, reader),
      trustKit: trustKit && readTrustKit(trustKit, reader),
    }),
    kind: 'domain',
    domains,
    nested: childrenNamed(element, 'domain-config').map((nested) => readDomainConfig(nested, reader)),
  };
}

function readScope(
  element: XmlElement,
  name: 'base-config' | 'domain-config' | 'debug-overrides',
  reader: NscReader,
): ScopeMembers {
  checkForm(element, name, reader);
  const anchors = onlyChild(element, 'trust-anchors', 'two_trust_anchors', reader);
  return present<ScopeMembers>({
    cleartextTrafficPermitted: cleartextAttribute(element, reader),
    anchors: anchors && readAnchors(anchors, reader),
    certificateTransparency: readTransparency(element, reader),
    domainEncryption: readEncryption(element, reader),
    place: reader.placeOf(element.at),
  });
}

/** What the platform makes of text that is no boolean: its own default of old. */
const PERMITTED = 'true';

/** Found by its local name: the parser walks these attributes instead of asking for them. */
function cleartextAttribute(element: XmlElement, reader: NscReader): Spelled | undefined {
  const attributes = element.attributes.map(({ namespace: _, ...attribute }) => attribute);
  return booleanAttribute({ ...element, attributes }, 'cleartextTrafficPermitted', reader, PERMITTED);
}

/** Of several the last one counts; without `enabled` it says false. */
function readTransparency(element: XmlElement, reader: NscReader): Spelled | undefined {
  const all = childrenNamed(element, 'certificateTransparency');
  for (const one of all) checkForm(one, 'certificateTransparency', reader);
  const last = all.at(-1);
  return last && (booleanAttribute(last, 'enabled', reader) ?? { text: 'false', place: reader.placeOf(last.at) });
}

function readEncryption(element: XmlElement, reader: NscReader): Spelled | undefined {
  const last = childrenNamed(element, 'domainEncryption').at(-1);
  if (last === undefined) return undefined;
  checkForm(last, 'domainEncryption', reader);
  const mode = spelledAttribute(last, 'mode', reader.placeOf);
  if (mode === undefined || !ENCRYPTION_MODES.has(mode.text)) {
    const message = 'domainEncryption names no known mode: the default of the platform holds';
    addProblem(reader, 'ignored', 'encryption_mode', message, mode?.place ?? reader.placeOf(last.at));
  }
  return mode;
}
