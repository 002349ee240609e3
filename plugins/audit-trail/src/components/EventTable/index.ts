export { EventTable } from './EventTable';
