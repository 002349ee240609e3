export { TimeZoneToggle } from './TimeZoneToggle';
