import { isIP } from 'node:net';
import type { Template } from '../recipe.ts';

/** What a placeholder stands for, and how many labels a host must have for it. */
const PLACEHOLDERS: Readonly<Record<string, { readonly labels: number; readonly fill: (host: string) => string }>> = {
  host: { labels: 1, fill: (host) => host },
  HOST: { labels: 1, fill: (host) => host.toUpperCase() },
  initial: { labels: 2, fill: ([first = '']) => first },
  last: { labels: 2, fill: (host) => host.split('.')[0]?.slice(-1) ?? '' },
  parent: { labels: 3, fill: (host) => host.split('.').slice(1).join('.') },
  grandparent: { labels: 3, fill: (host) => host.split('.').slice(2).join('.') },
};
/** The harness' port for cleartext is known to the stage alone. */
const LATER = ['plain'];

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** No brace stands for itself. */
export function isTemplate(text: string): boolean {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const isKnown = names.every((name) => Object.hasOwn(PLACEHOLDERS, name) || LATER.includes(name));
  return isKnown && !/[{}]/.test(text.replace(PLACEHOLDER, ''));
}

/** The text for one host; see `Template` for its placeholders. */
export function fillTemplate(template: Template, host: string): string {
  return template.replace(PLACEHOLDER, (whole, name: string) => PLACEHOLDERS[name]?.fill(host) ?? whole);
}

/** The first placeholder that this host has nothing for; an address has no labels. */
export function unfilled(templates: readonly Template[], host: string): string | undefined {
  const labels = isIP(host) === 0 ? host.replace(/\.$/, '').split('.').length : 1;
  const names = templates.flatMap((each) => [...each.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
  return names.find((name) => (PLACEHOLDERS[name]?.labels ?? 0) > labels);
}
