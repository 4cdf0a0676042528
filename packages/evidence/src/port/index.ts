export { assertFormatVectors, runFormatVectors, type VectorResult } from './conformance.ts';
export { defineFormat, FormatMisbehaved } from './define.ts';
export type { CustomProven, EvidenceFormat, FormatVector, PieceContext } from './format.ts';
export { FORMAT_KIT, type FormatKit, type FormatModule, formatOfModule } from './kit.ts';
export { PORT_REASONS } from './reasons.ts';
