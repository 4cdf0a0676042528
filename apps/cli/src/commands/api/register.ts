import type { Command } from '../../command.ts';
import { registerCommand } from '../registry.ts';

export const apiRegisterCommand: Command = registerCommand({
  noun: 'api',
  path: 'apis',
  id: 'audience',
  article: 'an API that accepts tokens',
  example: `  { "audience": "https://api.example.com", "label": "Example API", "shape": "attestation", "lifetime": 300,
    "minimum": "substantial" }`,
});
