export { NewEvents } from './NewEvents';
