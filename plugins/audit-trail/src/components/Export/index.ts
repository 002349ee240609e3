export { ExportMenu } from './ExportMenu';
export type { ExportChoice } from './ExportMenu';
export { ExportStatus } from './ExportStatus';
