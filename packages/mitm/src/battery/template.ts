import { isIP } from 'node:net';
import type { Template } from '../recipe.ts';

interface Placeholder {
  /** How many labels a host must have for it. */
  readonly labels: number;
  readonly about: string;
  readonly fill: (labels: readonly string[]) => string;
}

const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  host: { labels: 1, about: 'the host of the case', fill: (labels) => labels.join('.') },
  HOST: { labels: 1, about: 'the host in capitals', fill: (labels) => labels.join('.').toUpperCase() },
  initial: { labels: 1, about: 'the first letter of the host', fill: ([first = '']) => first.slice(0, 1) },
  last: { labels: 1, about: 'the last letter of its first label', fill: ([first = '']) => first.slice(-1) },
  parent: { labels: 3, about: 'the host without its first label', fill: (labels) => labels.slice(1).join('.') },
  grandparent: {
    labels: 3,
    about: 'the host without its first two labels',
    fill: (labels) => labels.slice(2).join('.'),
  },
};
/** Filled in by the stage, which knows its port. */
const OF_THE_STAGE = 'plain';

const PLACEHOLDER = /\{([^{}]*)\}/g;

const placeholdersOf = (text: Template): readonly string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

/** Every brace belongs to a known placeholder. */
export function isTemplate(text: string): boolean {
  const isKnown = placeholdersOf(text).every((name) => name === OF_THE_STAGE || Object.hasOwn(PLACEHOLDERS, name));
  return isKnown && !/[{}]/.test(text.replace(PLACEHOLDER, ''));
}

/** What the placeholders of a text stand for, each once, with what it is for a host as an example. */
export function legendOf(text: string, example: string): readonly string[] {
  return [...new Set(placeholdersOf(text))].flatMap((name) => {
    if (name === OF_THE_STAGE) return [`{${name}} is the port for cleartext`];
    const known = Object.hasOwn(PLACEHOLDERS, name) ? PLACEHOLDERS[name] : undefined;
    return known === undefined ? [] : [`{${name}} is ${known.about} (${fillTemplate(`{${name}}`, example)})`];
  });
}

/** The text for one host; what is no placeholder of a host stays. */
export function fillTemplate(template: Template, host: string): string {
  const labels = host.split('.');
  return template.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(PLACEHOLDERS, name) ? (PLACEHOLDERS[name]?.fill(labels) ?? whole) : whole,
  );
}

/** Why these templates mean nothing for this host, or nothing: a parent of two labels is nobody's, and an address has no names around it. */
export function unfillable(templates: readonly Template[], host: string): string | undefined {
  const names = templates.flatMap(placeholdersOf);
  if (isIP(host) !== 0) return names.length === 0 ? undefined : `${host} is an address, and this case is about names`;
  const labels = host.replace(/\.$/, '').split('.').length;
  const missing = names.find((name) => (PLACEHOLDERS[name]?.labels ?? 0) > labels);
  return missing === undefined ? undefined : `${host} has too few labels for {${missing}}`;
}
