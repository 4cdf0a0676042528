/** Roll-out stages, one spelling everywhere (DESIGN 4). `off` does nothing, `monitor` records and never blocks. */
export const STAGES = ['off', 'monitor', 'soft', 'enforce'] as const;
export type Stage = (typeof STAGES)[number];
