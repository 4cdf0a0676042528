export {
  createRecordTap,
  MOST_SHAPES,
  type RecordTap,
  type Side,
  type TapListener,
  type TapSeen,
} from './record-tap.ts';
export type { ServerChoice } from './server-hello.ts';
