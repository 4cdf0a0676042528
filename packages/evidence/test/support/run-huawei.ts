import {
  type Appraisal,
  type SysIntegrityContext,
  type SysIntegrityInput,
  type SysIntegrityResult,
  verifySysIntegrity,
} from '../../src/index.ts';
import { mintSysIntegrity, type ResultSpec } from './mint-huawei.ts';

/** A verification of one minted result, to be run later. */
export function checking(
  changes: Partial<ResultSpec> = {},
  input: Partial<SysIntegrityInput> = {},
  context: Partial<SysIntegrityContext> = {},
): () => Appraisal<SysIntegrityResult> {
  return () => {
    const attempt = mintSysIntegrity(changes);
    return verifySysIntegrity({ ...attempt.input, ...input }, { ...attempt.context, ...context });
  };
}

/** A result with some members changed. */
export const stating = (result: Readonly<Record<string, unknown>>) => checking({ result });

export const harmony = (changes: Partial<ResultSpec> = {}) => checking({ flavour: 'harmony', ...changes });
