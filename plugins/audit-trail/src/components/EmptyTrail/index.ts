export { EmptyTrail } from './EmptyTrail';
