export { AccessAtStart } from './AccessAtStart';
