import { randomBytes } from 'node:crypto';
import type { Random } from '@assay/core';

export const random: Random = (length) => new Uint8Array(randomBytes(length));
