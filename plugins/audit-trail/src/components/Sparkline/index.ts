export { Sparkline } from './Sparkline';
export type { SparklineBar } from './Sparkline';
