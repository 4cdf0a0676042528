import { FORMAT_TRAITS, type Format } from '@assay/pin-configs';

/** How a format writes one pin around its own prefix; quoted where nothing else is said. */
const SPELLINGS: Readonly<Partial<Record<Format, (pin: string) => string>>> = {
  nsc: (pin) => `<pin digest="SHA-256">${pin}</pin>`,
  'trustkit-android': (pin) => `<pin digest="SHA-256">${pin}</pin>`,
  ats: (pin) => `<dict><key>SPKI-SHA256-BASE64</key><string>${pin}</string></dict>`,
  'trustkit-ios': (pin) => `<string>${pin}</string>`,
  assay: (pin) => `- { spki: "${pin}", role: leaf }`,
};

/** Pins of the path that is served now, leaf first, as the format writes them: one line each. Which to take, the owner decides. */
export function pasteFor(format: Format, pins: readonly string[]): string {
  const { prefix } = FORMAT_TRAITS[format];
  const spell = SPELLINGS[format] ?? ((pin: string) => `"${prefix}${pin}"`);
  const role = (index: number) => (index === 0 ? 'leaf' : index === pins.length - 1 ? 'root' : 'intermediate');
  return pins.map((pin, index) => spell(pin).replace('role: leaf', `role: ${role(index)}`)).join('\n');
}
