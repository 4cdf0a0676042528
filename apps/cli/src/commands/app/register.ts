import type { Command } from '../../command.ts';
import { registerCommand } from '../registry.ts';

const EXAMPLE = `  {
    "id": "com.example.bank",
    "label": "Example Bank",
    "apple": { "appIds": ["ABCDE12345.com.example.bank"] },
    "android": { "packages": [{ "name": "com.example.bank",
      "signers": [{ "sha256": "<hex of the signing certificate>", "label": "Play App Signing" }] }] },
    "audiences": ["https://api.example.com"]
  }`;

export const appRegisterCommand: Command = registerCommand({
  noun: 'app',
  path: 'apps',
  id: 'id',
  article: 'an app',
  example: EXAMPLE,
});
